import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../../nodes/shared/api/pages.ts';
import {
	findChanges,
	readMemory,
	type Memory,
} from '../../../nodes/VoisoTrigger/campaignStatus/changes.ts';
import type { WatchSettings } from '../../../nodes/VoisoTrigger/campaignStatus/settings.ts';

const URL = 'https://cc-ams03.voiso.com';

const everything: WatchSettings = {
	isWatched: () => true,
	isWanted: () => true,
	isPassing: () => false,
	emitOnFirstActivation: false,
	simplify: true,
};

const list = (statuses: Record<string, string | null>): Row[] =>
	Object.entries(statuses).map(([id, status]) => ({ id: Number(id), status }));

/** What each list in turn gives, as `id: previous -> status`. */
function play(lists: Row[][], settings: Partial<WatchSettings> = {}): string[][] {
	let memory: Memory | undefined;
	return lists.map((campaigns) => {
		const found = findChanges(memory, URL, campaigns, { ...everything, ...settings });
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

	it('takes an ID for the same as number and as text', () => {
		expect(play([[{ id: 3, status: 'active' }], [{ id: '3', status: 'active' }]])[1]).toEqual([]);
	});

	it('begins anew with another address and with what is no memory of ours', () => {
		const { memory } = findChanges(undefined, URL, list({ 1: 'active' }), everything);
		const changed = list({ 1: 'paused' });
		const other = 'https://cc-rtm01.voiso.com';
		expect(findChanges(memory, other, changed, everything).changes).toEqual([]);
		expect(findChanges(memory, URL, changed, everything).changes).toHaveLength(1);
		expect(readMemory({})).toBeUndefined();
		expect(readMemory({ baseUrl: URL, statuses: ['x'], missed: {} })).toBeUndefined();
	});

	it('emits every stable status that a poll sees exactly once per change, whatever is wanted', () => {
		const status = fc.constantFrom('active', 'paused', 'auto_paused', 'pausing', 'stopping');
		const lists = fc.array(fc.dictionary(fc.constantFrom('1', '2', '3'), status), {
			maxLength: 30,
		});
		const wanted = fc.subarray(['active', 'paused', 'auto_paused']);
		fc.assert(
			fc.property(lists, wanted, (given, chosen) => {
				const isPassing = (each: string) => ['pausing', 'stopping'].includes(each);
				const settings = { isPassing, isWanted: (each: string) => chosen.includes(each) };
				expect(play(given.map(list), settings)).toEqual(expected(given, isPassing, chosen));
			}),
			{ numRuns: 500 },
		);
	});
});

/** The same, told by the history of each campaign and not by what is remembered. */
function expected(
	lists: Record<string, string>[],
	isPassing: (status: string) => boolean,
	wanted: string[],
): string[][] {
	return lists.map((now, at) =>
		Object.entries(now).flatMap(([id, status]) => {
			if (at === 0 || isPassing(status) || !wanted.includes(status)) return [];
			const previous = statusBefore(
				lists.slice(0, at).map((each) => each[id]),
				isPassing,
			);
			return previous === status ? [] : [`${id}: ${previous} -> ${status}`];
		}),
	);
}

/** The latest stable status of a campaign, unless it was away for three polls in a row since. */
function statusBefore(
	history: (string | undefined)[],
	isPassing: (status: string) => boolean,
): string | null {
	let absent = 0;
	for (const status of history.toReversed()) {
		absent = status === undefined ? absent + 1 : 0;
		if (absent === 3) return null;
		if (status !== undefined && !isPassing(status)) return status;
	}
	return null;
}
