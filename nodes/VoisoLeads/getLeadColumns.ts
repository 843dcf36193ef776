import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { leadColumns } from './fields';

/** The columns of the mapper. To stop calling somebody, the number is enough. */
export async function getLeadColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const needsNumberOnly = this.getCurrentNodeParameter('operation') === 'deactivate';
	return {
		fields: needsNumberOnly ? leadColumns.filter(({ required }) => required) : leadColumns,
	};
}
