import type { ResourceMapperField } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { leadColumns } from '../../nodes/VoisoLeads/fields/leadFields.ts';
import { exampleFiles, readExample } from '../n8n/examples.mts';

const NUMBER_ONLY = ['deactivate', 'getStatus'];

const mappers = exampleFiles().flatMap((file) =>
	readExample(file).nodes.flatMap(({ name, type, parameters }) =>
		type === 'n8n-nodes-voiso.voisoLeads' && 'columns' in parameters
			? [{ file, name, parameters }]
			: [],
	),
);

/** As the editor saves the fields when it opens the node. */
const saved = (fields: ResourceMapperField[]) =>
	fields.map((field) => ({ ...field, removed: false }));

describe('the mapper in an example', () => {
	test.each(mappers)(
		'$file: $name has its fields, so that opening it changes nothing',
		({ parameters }) => {
			const { operation, columns } = parameters;
			const fields = leadColumns.filter(
				({ required }) => required || !NUMBER_ONLY.includes(String(operation)),
			);
			expect(columns).toEqual({
				mappingMode: expect.stringMatching(/^(autoMapInputData|defineBelow)$/),
				value: expect.any(Object),
				matchingColumns: ['phone_number'],
				schema: saved(fields),
				attemptToConvertTypes: false,
				convertFieldsToString: false,
			});
		},
	);
});
