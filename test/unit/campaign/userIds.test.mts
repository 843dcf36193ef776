import { expect, test } from 'vitest';
import { readUserIds, type UserReference } from '../../../nodes/VoisoCampaign/user/userIds.ts';

const toId = (each: UserReference) => ('email' in each ? each.email : each.id);
const uuid = '6F1C9F0E-5A55-4D0E-9A43-0F7A3C1F2B10';

test.each([
	[7, [7]],
	['7', [7]],
	[' 7 ', [7]],
	['007', [7]],
	['1, 2;3\n4 5', [1, 2, 3, 4, 5]],
	[
		[1, '2', '3,4'],
		[1, 2, 3, 4],
	],
	['[1, "2"]', [1, 2]],
	[uuid, [uuid]],
	[
		[{ id: 1, name: 'Ada' }, { id: uuid }],
		[1, uuid],
	],
	[{ id: 3 }, [3]],
	[{ user_id: 3, name: 'Ada' }, [3]],
	[{ name: 'Ada', email: 'ada@example.com' }, ['ada@example.com']],
	['Ada@Example.com', ['ada@example.com']],
	['ada@example.com, 3; bob+x@example.co.uk', ['ada@example.com', 3, 'bob+x@example.co.uk']],
	[['ada@example.com', ' ADA@example.com '], ['ada@example.com']],
	[
		[1, '1', 1, uuid, uuid.toLowerCase()],
		[1, uuid],
	],
	[[], []],
	['', []],
	[' , ', []],
	['[]', []],
	[undefined, []],
	[null, []],
])('reads %j', (value, ids) => {
	const reading = readUserIds(value);
	expect(reading.ok && reading.references.map(toId)).toEqual(ids);
});

test.each([
	['Ada Lovelace', 'Ada Lovelace'],
	['3, Ada Lovelace, 4', ' Ada Lovelace'],
	['Ada <ada@example.com>', 'Ada <ada@example.com>'],
	['@', '@'],
	[{ toString: 1 }, '{"toString":1}'],
	['9007199254740993', '9007199254740993'],
	[['null'], 'null'],
	['-5', '-5'],
	[{ id: 'NaN' }, 'NaN'],
	['Ada', 'Ada'],
	['../campaigns', '../campaigns'],
	['1/2', '1/2'],
	[1.5, '1.5'],
	[true, 'true'],
	[{ name: 'Ada' }, '{"name":"Ada"}'],
	[[1, { name: 'Ada' }], '{"name":"Ada"}'],
	['[1, 2', '[1'],
])('refuses %j', (value, wrong) => {
	expect(readUserIds(value)).toEqual({ ok: false, wrong });
});
