import { expect, test } from 'vitest';
import { readUserIds } from '../../../nodes/VoisoCampaign/user/userIds.ts';

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
	expect(reading.ok && reading.users.map(({ id }) => id)).toEqual(ids);
});

test.each([
	['ada@example.com', 'ada@example.com'],
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
