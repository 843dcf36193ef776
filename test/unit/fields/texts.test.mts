import { expect, test } from 'vitest';
import { readLeadsJson } from '../../../nodes/VoisoLeads/fields/leadsJson.ts';
import { toLead, type RawLead } from '../../../nodes/VoisoLeads/fields/toLead.ts';
import { AUTOMATICALLY, BY_HAND } from './sent.mts';

const phone_number = '447911123456';

/** For each field, values that it doesn't take; each stands for a kind. */
const wrong: RawLead[] = [
	...['', null, {}, 0, 1.5, 'none', '12', '+44', '07911 123456', '+44 7911 123456 ext. 7'],
	...['1.55512E+10', '4479111234567890123', '447911123456 / 447911123457', '0044 7911 1234'],
	...['+999123456789'],
].map((number) => ({ phone_number: number }));
const others: RawLead[] = [
	...[{}, ['Ada'], Number.NaN, 'Zo\uFFFD'].map((name) => ({ name })),
	...[0, 'High', '10,0', {}].map((priority) => ({ priority })),
	...['perhaps', 2, []].map((active) => ({ active })),
	{ source_system: [] },
	...['crm.example', 'javascript:alert(1)', 'https://crm.example/a b', 'https://?'].map(
		(source_url) => ({ source_url }),
	),
	{ source_url: 'https://user:secret@crm.example' },
	...[{ Tier: 'gold' }, { 'X-A': 'a\nb' }, { 'X-A': {} }, { 'X-A': 1, 'x-a': 2 }, 5, [null]].map(
		(context_headers) => ({ context_headers }),
	),
];
const lists: unknown[] = [
	5,
	true,
	' ',
	[[]],
	[null],
	['[1]'],
	'Here you are:',
	'[1,',
	"[{'a': 1}]",
];

test('all that is said of the fields of a lead', async () => {
	const both = (raw: RawLead) => ({
		given: raw,
		byHand: toLead(raw, {}, BY_HAND),
		automatically: toLead(raw, {}, AUTOMATICALLY),
	});
	const texts = [
		...wrong.map((raw) => both(raw)),
		...others.map((raw) => both({ phone_number, ...raw })),
		...lists.map((given) => ({ given, ...readLeadsJson(given) })),
	];
	for (const said of texts) expect(JSON.stringify(said)).toMatch(/reason|warning|problem/);
	await expect(`${texts.map(show).join('\n\n')}\n`).toMatchFileSnapshot('./texts.txt');
});

/** A line for what was given and one for each text. */
function show({ given, ...said }: { given: unknown; [name: string]: unknown }): string {
	const lines: string[] = [JSON.stringify(given)];
	for (const [name, value] of Object.entries(said)) {
		if (typeof value === 'string') lines.push(`    ${name}: ${value}`);
		else
			for (const [kind, text] of Object.entries(value as object)) {
				if (kind === 'reason' || kind === 'warning') lines.push(`    ${name}, ${kind}: ${text}`);
			}
	}
	return lines.join('\n');
}
