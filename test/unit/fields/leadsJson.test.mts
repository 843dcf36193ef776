import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLeadsJson } from '../../../nodes/VoisoLeads/fields/leadsJson.ts';

const leads = [{ phone: '1', name: 'Ann' }, { phone: '2' }];
const json = JSON.stringify(leads);

it.each<[string, unknown]>([
	['a list', leads],
	['text of a list', json],
	['text with blanks and a byte order mark', `\uFEFF \n${json}\n `],
	['pretty text', JSON.stringify(leads, null, 2)],
	['text that was turned into JSON twice', JSON.stringify(json)],
	['text that was turned into JSON three times', JSON.stringify(JSON.stringify(json))],
	['an object with the list', { leads }],
	['text of an object with the list', JSON.stringify({ leads })],
	['an object with text of the list', { leads: json }],
	['an object with the list under another name', { contacts: leads }],
	['an object with the list and more', { success: true, Leads: leads, total: 2 }],
	['an agent’s output', { output: leads }],
	['a code fence', `\`\`\`json\n${json}\n\`\`\``],
	['a code fence without a language', `\`\`\`\n${json}\`\`\``],
	['a code fence that is not closed', `\`\`\`json\n${json}`],
	['a code fence in prose', `Here are the leads:\n\n\`\`\`json\n${json}\n\`\`\`\n\nAnything else?`],
	['a fence round an object with the list', `\`\`\`\n${JSON.stringify({ leads })}\n\`\`\``],
	['a list of JSON texts', leads.map((lead) => JSON.stringify(lead))],
	['text of a list of JSON texts', JSON.stringify(leads.map((lead) => JSON.stringify(lead)))],
])('takes %s', (_, value) => {
	expect(readLeadsJson(value)).toEqual({ leads });
});

it.each<[unknown, unknown]>([
	[{ phone: '1' }, [{ phone: '1' }]],
	['{"phone":"1"}', [{ phone: '1' }]],
	[{}, [{}]],
	[{ phones: ['1', '2'] }, [{ phones: ['1', '2'] }]],
	[{ name: ['Ann'] }, [{ name: ['Ann'] }]],
	[
		['+1 202 555 0143', 12025550144],
		[{ phone_number: '+1 202 555 0143' }, { phone_number: 12025550144 }],
	],
	['["12025550143"]', [{ phone_number: '12025550143' }]],
	[{ leads: ['1'] }, [{ phone_number: '1' }]],
	[['not a number'], [{ phone_number: 'not a number' }]],
	[['{"phone":'], [{ phone_number: '{"phone":' }]],
	[[{ name: '```' }], [{ name: '```' }]],
	['[{"name":"```"}]', [{ name: '```' }]],
	[[], []],
	['[]', []],
	[{ leads: [] }, []],
])('%j holds %j', (value, expected) => {
	expect(readLeadsJson(value)).toEqual({ leads: expected });
});

it.each<[unknown, string]>([
	[5, 'it is a number'],
	['5', 'it is a number'],
	[true, 'it is a boolean'],
	[null, 'it is empty'],
	[undefined, 'it is empty'],
	['  ', 'it is empty'],
	['"  "', 'it is empty'],
	[{ leads: 5 }, 'it is a number'],
	[[[]], 'entry 0 is a list'],
	[[{ phone: '1' }, null], 'entry 1 is empty'],
	[[{ phone: '1' }, true], 'entry 1 is a boolean'],
	[['1', ' '], 'entry 1 is empty'],
	[['[1]'], 'entry 0 is text'],
])('%j is no list of leads: %s', (value, found) => {
	expect(readLeadsJson(value)).toEqual({ problem: expect.stringContaining(found) });
});

describe('text that is not JSON', () => {
	it.each([
		['Here are your leads:', 1, 1, '⟹ Here are'],
		['[{"phone": "1"},\n {"phone": "2",}]', 2, 16, '"2", ⟹ }]'],
		['[{"phone": "1"} {"phone": "2"}]', 1, 17, '"1"} ⟹ {"phone"'],
		['[1,2', 1, 5, '[1,2 ⟹ (end of the text)'],
		['[{"phone": "1', 1, 14, '⟹ (end of the text)'],
		['[{"name": "Ann\nLee"}]', 1, 15, '"Ann ⟹ Lee'],
		["[{'phone': '1'}]", 1, 3, "[{ ⟹ 'phone'"],
		['[{phone: "1"}]', 1, 3, '[{ ⟹ phone'],
		['[{"phone" "1"}]', 1, 11, '"phone" ⟹ "1"'],
		['[{"phone": 0441}]', 1, 12, ': ⟹ 0441'],
		['[{"phone": +44}]', 1, 12, ': ⟹ +44'],
		['[{"active": True}]', 1, 13, ': ⟹ True'],
		['[{"a": "\\x"}]', 1, 9, '" ⟹ \\x'],
		['[{"a": 1}]]', 1, 11, '] ⟹ ]'],
		['{,}', 1, 2, '{ ⟹ ,}'],
		['[1,]', 1, 4, '[1, ⟹ ]'],
		['```json\n[1,\n,2]\n```', 2, 1, '[1, ⟹ ,2]'],
		[`[${'"12025550143", '.repeat(100)}]`, 1, 1502, '", ⟹ ]'],
	])('%.40j stops at line %i, column %i', (text, line, column, near) => {
		expect(readLeadsJson(text)).toEqual({
			problem: expect.stringContaining(`line ${line}, column ${column}`),
			near: expect.stringContaining(near),
		});
	});

	it('stops where something was put into it', () => {
		const text = fc
			.tuple(fc.json(), fc.nat())
			.map(([whole, place]) => [whole, place % (whole.length + 1)] as const);
		fc.assert(
			fc.property(text, ([whole, place]) => {
				// A character that stands nowhere in JSON but in texts, where a line break does not.
				const broken = `${whole.slice(0, place)}\u0001${whole.slice(place)}`;
				const result = readLeadsJson(broken);
				const column = 'problem' in result ? Number(/\d+$/.exec(result.problem)?.[0]) : 0;
				const before = broken.slice(column - 1, place);
				// Within a number, a word or an escape it is the whole of it that is wrong.
				expect(before).toMatch(/^(?:[\w.+-]*|\\\w*)$/);
			}),
		);
	});

	// With time that grows with the square of the text, each would take hours.
	it.each([
		`["${'a'.repeat(3_000_000)}`,
		'['.repeat(1_000_000),
		`["${'\\n'.repeat(1_000_000)}`,
		'```'.repeat(1_000_000),
	])('comes to an end, whatever it is', { timeout: 60_000 }, (text) => {
		expect(readLeadsJson(text)).toHaveProperty('problem');
	});
});

it('never throws', () => {
	fc.assert(
		fc.property(
			fc.anything({ withDate: true, withBigInt: true, withNullPrototype: true }),
			(value) => {
				const result = readLeadsJson(value);
				expect('leads' in result || result.problem).toBeTruthy();
			},
		),
	);
});
