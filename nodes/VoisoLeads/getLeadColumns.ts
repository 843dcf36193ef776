import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { leadColumns } from './fields/leadFields';

/** The columns of the mapper. To stop calling somebody and to get a status, the number is enough. */
export async function getLeadColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const operation = this.getCurrentNodeParameter('operation');
	const needsNumberOnly = operation === 'deactivate' || operation === 'getStatus';
	return {
		fields: needsNumberOnly ? leadColumns.filter(({ required }) => required) : leadColumns,
	};
}
