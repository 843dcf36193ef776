import { describe, expect, it, vi } from 'vitest';
import { AutomaticMapping } from '../../../nodes/VoisoLeads/fields/mapAutomatically.ts';
import type { OpenFile } from '../../../nodes/VoisoLeads/file/open.ts';
import {
	MOST_CHARACTERS,
	readWaves,
	type CampaignFinder,
	type FileRow,
	type RowSettings,
} from '../../../nodes/VoisoLeads/file/readLeads.ts';
import { pauser } from '../../../nodes/shared/pauser.ts';
import { withPolluted } from '../fixtures.mts';

const ITEM = 2;
const ann = '447700900001';
const bob = '447700900002';

/** A file whose first row of leads is row 2; its rows come two at a time. */
function file(columns: string[], rows: string[][], more: Partial<OpenFile> = {}): OpenFile {
	const all = rows.map((fields, index) => ({ row: index + 2, fields }));
	const pieces = async function* () {
		for (let at = 0; at < all.length; at += 2) yield all.slice(at, at + 2);
	};
	const format = { delimiter: ',', lineEnd: '\n', needsMark: false } as const;
	return { ...format, header: columns, columns, rows: pieces(), ...more };
}

async function wavesOf(open: OpenFile, settings: Partial<RowSettings> = {}): Promise<FileRow[][]> {
	const waves = readWaves(
		open,
		{
			operation: 'add',
			item: ITEM,
			campaign: { id: '3' },
			columns: undefined,
			mapping: new AutomaticMapping(),
			findsRepeats: true,
			rowsPerWave: 1_000,
			defaultCountryOf: () => 'GB',
			...settings,
		},
		pauser(undefined),
	);
	const all: FileRow[][] = [];
	for await (const wave of waves) all.push(wave);
	return all;
}

async function read(
	columns: string[],
	rows: string[][],
	settings: Partial<RowSettings> = {},
	more: Partial<OpenFile> = {},
): Promise<FileRow[]> {
	return (await wavesOf(file(columns, rows, more), settings)).flat();
}

const leads = (rows: readonly FileRow[]) =>
	rows.map(({ lead }) => (lead.kind === 'good' ? lead.lead : lead.kind));

describe('the rows of a file', () => {
	it('have nothing but the columns that were chosen, also where every object has more', async () => {
		const columns = [{ field: 'phone_number', column: 'Tel' }] as const;
		const polluted = { name: 'Eve', active: false };
		const rows = await withPolluted(
			polluted,
			async () => await read(['Tel', 'Name'], [[ann, 'Ann']], { columns }),
		);
		expect(leads(rows)).toEqual([{ phone_number: ann }]);
	});

	it('are leads of the item and campaign, with their fields as they came', async () => {
		const rows = await read(['Mobile', 'First Name', 'Note'], [[ann, 'Ann', 'x,y']]);
		expect(rows).toEqual([
			{
				row: 2,
				fields: [ann, 'Ann', 'x,y'],
				lead: {
					kind: 'good',
					item: ITEM,
					campaignId: '3',
					lead: { phone_number: ann, name: 'Ann' },
				},
				first: 2,
				result: undefined,
				characters: ann.length + 6,
			},
		]);
	});

	it('have the columns that the user names, and no others', async () => {
		const columns = [
			{ field: 'phone_number', column: 'B' },
			{ field: 'name', column: 'A' },
		] as const;
		const rows = await read(['A', 'B', 'Mobile'], [['Ann', ann, bob]], { columns });
		expect(leads(rows)).toEqual([{ phone_number: ann, name: 'Ann' }]);
	});

	it('hold no results of an earlier run, unless the user names one', async () => {
		const columns = ['Phone', 'voiso_status', 'voiso_phone_number', 'voiso_campaign_id'];
		const given = [[ann, 'created', bob, '5']];
		expect(leads(await read(columns, given))).toEqual([{ phone_number: ann }]);
		expect(
			leads(
				await read(columns, given, {
					columns: [{ field: 'phone_number', column: 'voiso_phone_number' }],
				}),
			),
		).toEqual([{ phone_number: bob }]);
		const campaign = { column: 'voiso_campaign_id', find: async (id: string) => ({ id }) };
		const [row] = await read(columns, given, { campaign });
		expect(row?.lead).toMatchObject({ kind: 'good', campaignId: '5' });
	});

	it.each([
		['too few columns', [ann], {}],
		['too many columns', [ann, 'Ann', 'x'], {}],
		['NUL bytes', [ann, 'A\0'], {}],
		['the header again', [' Phone', 'Name '], {}],
	])('are invalid with %s, and say which row it is', async (_, fields, more) => {
		const [row] = await read(['Phone', 'Name'], [fields], {}, more);
		expect(row).toMatchObject({ row: 2, first: 2, fields });
		expect(row?.lead).toEqual({
			kind: 'invalid',
			item: ITEM,
			campaignId: '3',
			phone: '',
			reason: expect.stringMatching(/\b2\b/),
		});
	});

	it('are invalid with what is wrong with their quotes', async () => {
		const rows = (async function* () {
			yield [{ row: 7, fields: [ann, 'Ann'], problem: 'is odd' }];
		})();
		const [row] = await read(['Phone', 'Name'], [], {}, { rows });
		expect(row?.lead).toMatchObject({ kind: 'invalid', reason: 'Row 7 is odd' });
	});

	it('may end with empty columns, or hold what a missing header would', async () => {
		const ending = await read(['Phone', 'Name'], [[ann, 'Ann', ' ', '']]);
		expect(leads(ending)).toEqual([{ phone_number: ann, name: 'Ann' }]);
		const columns = [{ field: 'phone_number', column: '1' }] as const;
		const headless = await read(['1'], [[ann]], { columns }, { header: undefined });
		expect(leads(headless)).toEqual([{ phone_number: ann }]);
	});
});

describe('a campaign in each row', () => {
	const find = vi.fn<CampaignFinder>(async (text) =>
		text === 'Nowhere' ? { reason: 'no such campaign' } : { id: text },
	);
	const campaign = { column: 'To', find };

	it('is found by the text of its column', async () => {
		const rows = await read(['Phone', 'To'], [[ann, ' 5 ']], { campaign });
		expect(find).toHaveBeenLastCalledWith('5');
		expect(rows[0]?.lead).toMatchObject({ kind: 'good', campaignId: '5' });
	});

	it.each([' ', 'Nowhere'])('is none: %j', async (text) => {
		const [row] = await read(['Phone', 'To'], [[ann, text]], { campaign });
		const reason = expect.stringContaining(text === ' ' ? 'To' : 'To: no such campaign');
		expect(row?.lead).toMatchObject({ kind: 'invalid', campaignId: '', reason });
	});

	it('is not asked for where the row is broken', async () => {
		find.mockClear();
		const [row] = await read(['Phone', 'To'], [[ann]], { campaign });
		expect(row?.lead).toMatchObject({ kind: 'invalid', campaignId: '' });
		expect(find).not.toHaveBeenCalled();
	});
});

describe('a repeated number', () => {
	const firsts = (rows: readonly FileRow[]) => rows.map(({ first }) => first);

	it('names its first row, however it is written', async () => {
		const rows = await read(['Phone'], [[ann], [bob], ['+44 7700 900001'], [ann]]);
		expect(firsts(rows)).toEqual([2, 3, 2, 2]);
	});

	it('is another one in another campaign', async () => {
		const campaign = { column: 'To', find: async (id: string) => ({ id }) };
		const given = [
			[ann, '5'],
			[ann, '6'],
			[ann, '5'],
		];
		expect(firsts(await read(['Phone', 'To'], given, { campaign }))).toEqual([2, 3, 2]);
	});

	it('does not count where it is invalid, or nobody looks for repeats', async () => {
		expect(firsts(await read(['Phone'], [['12'], ['12']]))).toEqual([2, 3]);
		const update = { operation: 'update', findsRepeats: false } as const;
		expect(firsts(await read(['Phone'], [[ann], [ann]], update))).toEqual([2, 3]);
	});
});

describe('a wave', () => {
	const sizes = async (rows: string[][], rowsPerWave: number) =>
		(await wavesOf(file(['Phone', 'Note'], rows), { rowsPerWave })).map(({ length }) => length);
	const some = (count: number, note = '') => Array.from({ length: count }, () => [ann, note]);

	it.each([
		[0, [0]],
		[2, [2]],
		[3, [3, 0]],
		[4, [3, 1]],
		[7, [3, 3, 1]],
	])('of %i rows, three at a time: %j', async (count, expected) => {
		expect(await sizes(some(count), 3)).toEqual(expected);
	});

	it('holds so many characters at the most, and one row at least', async () => {
		const half = 'x'.repeat(MOST_CHARACTERS / 2 - ann.length);
		expect(await sizes(some(5, half), 100)).toEqual([2, 2, 1]);
		expect(await sizes(some(5, half.slice(1)), 100)).toEqual([3, 2]);
		expect(await sizes(some(2, half.repeat(3)), 100)).toEqual([1, 1, 0]);
	});
});
