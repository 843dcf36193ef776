import { validateFieldType } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { leadColumns, leadFields } from '../../../nodes/VoisoLeads/fields/leadFields.ts';

describe('the columns of the resource mapper', () => {
	it('are the fields of the table, in its order', () => {
		expect(leadColumns.map(({ id, displayName, type }) => [id, displayName, type])).toEqual([
			['phone_number', 'Phone Number', 'string'],
			['name', 'Name', 'string'],
			['priority', 'Priority', 'number'],
			['active', 'Active', 'options'],
			['source_system', 'Source System', 'string'],
			['source_url', 'Source URL', 'string'],
		]);
	});

	it('require the phone number and match by it', () => {
		for (const column of leadColumns) {
			const isNumber = column.id === 'phone_number';
			expect(column).toMatchObject({
				required: isNumber,
				defaultMatch: isNumber,
				canBeUsedToMatch: isNumber,
				display: true,
			});
		}
	});

	it('have no switch, because n8n would send false for one that was never touched', () => {
		expect(leadColumns.map(({ type }) => type)).not.toContain('boolean');
	});

	it('offer only values that n8n and the reader take', () => {
		for (const column of leadColumns) {
			for (const { value } of column.options ?? []) {
				const options = { valueOptions: column.options ?? [] };
				expect(validateFieldType(column.id, value, 'options', options).valid).toBe(true);
				expect(leadFields.active.read(value, {})).toEqual({ ok: true, value });
			}
		}
	});
});
