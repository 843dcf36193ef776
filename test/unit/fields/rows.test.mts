import { expect, it } from 'vitest';
import { AutomaticMapping } from '../../../nodes/VoisoLeads/fields/mapAutomatically.ts';
import { toLead } from '../../../nodes/VoisoLeads/fields/toLead.ts';
import { rows } from './rows.mts';
import { AUTOMATICALLY } from './sent.mts';

it.each(rows)('$source', ({ row, sent, lead, warning }) => {
	const result = toLead(new AutomaticMapping().map(row), {}, AUTOMATICALLY);
	expect(result).toEqual({
		lead: { phone_number: sent, ...lead },
		...(warning && { warning: expect.any(String) }),
	});
});

it('the rows are read alike one after the other, whatever came before', () => {
	const mapping = new AutomaticMapping();
	for (const { row, sent, lead } of [...rows, ...rows]) {
		const result = toLead(mapping.map(row), {}, AUTOMATICALLY);
		expect(result).toMatchObject({ lead: { phone_number: sent, ...lead } });
	}
});
