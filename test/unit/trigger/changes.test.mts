import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../../nodes/shared/api/pages.ts';
import {
	findChanges,
	readMemory,
	type Memory,
} from '../../../nodes/VoisoTrigger/campaignStatus/changes.ts';
import type { WatchSettings } from '../../../nodes/VoisoTrigger/campaignStatus/settings.ts';

const account = { baseUrl: 'https://cc-ams03.voiso.com', key: 'a-key' };

const everything: WatchSettings = {
	isWatched: () => true,
	isWanted: () => true,
	isIgnored: () => false,
	emitOnFirstActivation: false,
	simplify: true,
};

const list = (statuses: Record<string, string | null>): Row[] =>
	Object.entries(statuses).map(([id, status]) => ({ id: Number(id), status }));

/** What each list in turn gives, as `id: previous -> status`. */
function play(lists: Row[][], settings: Partial<WatchSettings> = {}): string[][] {
	let memory: Memory | undefined;
	return lists.map((campaigns) => {
		const found = findChanges(memory, account, campaigns, { ...everything, ...settings });
		memory = readMemory(JSON.parse(JSON.stringify(found.memory)));
		return found.changes.map(
			({ campaign, previousStatus }) =>
				`${campaign.id}: ${previousStatus} -> ${String(campaign.status)}`,
		);
	});
}

describe('findChanges', () => {
	it('leaves campaigns alone whose answer has no status', () => {
		const lists = [list({ 1: 'active' }), list({ 1: null }), list({ 1: 'active' })];
		expect(play(lists)).toEqual([[], [], []]);
	});

	it('keeps a campaign that two polls do not find, and forgets it after three', () => {
		const there = list({ 1: 'active', 2: 'paused' });
		const gone = list({ 1: 'active' });
		expect(play([there, gone, gone, there])).toEqual([[], [], [], []]);
		expect(play([there, gone, gone, there, gone, gone, there]).flat()).toEqual([]);
		expect(play([there, gone, gone, gone, there]).at(-1)).toEqual(['2: null -> paused']);
	});

	it('remembers a status without end in a bounded place, and when it has changed', () => {
		const long = 'x'.repeat(1_000_000);
		const { memory } = findChanges(undefined, account, list({ 1: long }), everything);
		expect(JSON.stringify(memory).length).toBeLessThan(1000);
		expect(play([list({ 1: long }), list({ 1: long }), list({ 1: 'active' })])[1]).toEqual([]);
		expect(play([list({ 1: long }), list({ 1: 'active' })])[1]).toHaveLength(1);
	});

	it('takes an ID for the same as number and as text', () => {
		expect(play([[{ id: 3, status: 'active' }], [{ id: '3', status: 'active' }]])[1]).toEqual([]);
	});

	it('begins anew with another cluster and with what is no memory of ours', () => {
		const { memory } = findChanges(undefined, account, list({ 1: 'active' }), everything);
		const changed = list({ 1: 'paused' });
		const other = { ...account, baseUrl: 'https://cc-rtm01.voiso.com' };
		expect(findChanges(memory, other, changed, everything).changes).toEqual([]);
		expect(findChanges(memory, account, changed, everything).changes).toHaveLength(1);
		expect(readMemory({})).toBeUndefined();
		expect(readMemory({ ...account, statuses: ['x'], marks: {}, missed: {} })).toBeUndefined();
	});

	describe('with another API key', () => {
		const other = { ...account, key: 'another-key' };
		const campaign = (id: number, status: string, details: object) => ({ id, status, ...details });
		const mine = [
			campaign(1, 'active', { name: 'Spring Sale', created_at: '2026-01-01T09:00:00Z' }),
			campaign(2, 'paused', { name: 'Renewals' }),
		];
		const { memory } = findChanges(undefined, account, mine, everything);

		it.each([
			['none of them was there', [campaign(3, 'active', { name: 'Renewals' })]],
			[
				'they were created at other times',
				[campaign(1, 'paused', { name: 'Spring Sale', created_at: '2026-02-02T09:00:00Z' })],
			],
			['they have other names', [campaign(2, 'active', { name: 'Winter Sale' })]],
		])('campaigns are those of another contact center when %s', (_, theirs) => {
			const found = findChanges(memory, other, theirs, everything);
			expect(found.changes).toEqual([]);
			expect(Object.keys(found.memory.statuses)).toEqual(theirs.map(({ id }) => String(id)));
			const changed = theirs.map((each) => ({ ...each, status: 'stopped' }));
			expect(findChanges(found.memory, other, changed, everything).changes).toHaveLength(1);
		});

		it('campaigns are the same when one of them is still there', () => {
			const now = [campaign(9, 'draft', {}), campaign(2, 'active', { name: 'Renewals' })];
			const ids = findChanges(memory, other, now, everything).changes.map(
				({ campaign: { id } }) => id,
			);
			expect(ids).toEqual([9, 2]);
		});
	});

	it('emits every stable status that a poll sees exactly once per change, whatever is wanted', () => {
		const status = fc.constantFrom('active', 'paused', 'auto_paused', 'pausing', 'stopping');
		const lists = fc.array(fc.dictionary(fc.constantFrom('1', '2', '3'), status), {
			maxLength: 30,
		});
		const wanted = fc.subarray(['active', 'paused', 'auto_paused']);
		fc.assert(
			fc.property(lists, wanted, (given, chosen) => {
				const isIgnored = (each: string) => ['pausing', 'stopping'].includes(each);
				const settings = { isIgnored, isWanted: (each: string) => chosen.includes(each) };
				expect(play(given.map(list), settings)).toEqual(expected(given, isIgnored, chosen));
			}),
			{ numRuns: 500 },
		);
	});
});

describe('another API key', () => {
	const campaign = { id: 1, name: 'Spring Sale', created_at: '2025-01-01', status: 'active' };
	const changed = (other: Row, key = 'other-key') => {
		const { memory } = findChanges(undefined, account, [campaign], everything);
		return findChanges(memory, { ...account, key }, [other], everything).changes;
	};

	it('is of the same contact center when one campaign is the same', () => {
		expect(changed({ ...campaign, status: 'paused' })).toMatchObject([
			{ previousStatus: 'active' },
		]);
	});

	it.each<Partial<Row>>([{ id: 2 }, { name: 'Autumn' }, { created_at: '2025-01-02' }])(
		'is of another one when none is: %j',
		(other) => {
			const there = { ...campaign, ...other, status: 'paused' };
			expect(changed(there)).toEqual([]);
			expect(changed(there, account.key)).toHaveLength(1);
		},
	);

	it('does not know campaigns that were forgotten, so nothing of them is kept', () => {
		let memory: Memory | undefined;
		const others = list({ 2: 'active' });
		for (const campaigns of [[campaign, ...others], others, others, others]) {
			({ memory } = findChanges(memory, account, campaigns, everything));
		}
		expect(Object.keys(memory?.marks ?? {})).toEqual(['2']);
	});
});

describe('what is stored', () => {
	const { memory } = findChanges(undefined, account, list({ 1: 'active' }), everything);

	it.each(Object.keys(memory))('is nothing of ours without %s', (name) => {
		expect(readMemory({ ...memory })).toEqual(memory);
		expect(readMemory({ ...memory, [name]: null })).toBeUndefined();
	});
});

/** The same, told by the history of each campaign and not by what is remembered. */
function expected(
	lists: Record<string, string>[],
	isIgnored: (status: string) => boolean,
	wanted: string[],
): string[][] {
	return lists.map((now, at) =>
		Object.entries(now).flatMap(([id, status]) => {
			if (at === 0 || isIgnored(status) || !wanted.includes(status)) return [];
			const previous = statusBefore(
				lists.slice(0, at).map((each) => each[id]),
				isIgnored,
			);
			return previous === status ? [] : [`${id}: ${previous} -> ${status}`];
		}),
	);
}

/** The latest stable status of a campaign, unless it was away for three polls in a row since. */
function statusBefore(
	history: (string | undefined)[],
	isIgnored: (status: string) => boolean,
): string | null {
	let absent = 0;
	for (const status of history.toReversed()) {
		absent = status === undefined ? absent + 1 : 0;
		if (absent === 3) return null;
		if (status !== undefined && !isIgnored(status)) return status;
	}
	return null;
}
