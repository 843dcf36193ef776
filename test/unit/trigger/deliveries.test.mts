import fc from 'fast-check';
import type { IDataObject, INode } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { forgetDeliveries, isNew } from '../../../nodes/VoisoTrigger/events/deliveries.ts';

const STORED = 500;

let nodes = 0;

/** A node in an n8n that loads its static data for each event, and saves it after each. */
function listeningNode() {
	const id = `deliveries-${++nodes}`;
	let stored = '{}';
	const context = (data: IDataObject) => ({
		getWorkflow: () => ({ id: 'workflow', active: true }),
		getNode: () => ({ id }) as INode,
		getWorkflowStaticData: () => data,
	});
	const node = {
		/** @returns whether it is new */
		receive(data: IDataObject, event = 'dialer.call.ended', timestamp = 'now'): boolean {
			const staticData = JSON.parse(stored) as IDataObject;
			const found = isNew(context(staticData), { event, timestamp, data });
			stored = JSON.stringify(staticData);
			return found;
		},
		/** The process begins anew. */
		restart: () => forgetDeliveries(context({})),
		/** Another process has saved what it knew, or nothing. */
		store(data: IDataObject = {}) {
			stored = JSON.stringify(data);
		},
		stored: () => JSON.parse(stored) as IDataObject,
	};
	return node;
}

const range = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, index) => from + index);

describe('repeated deliveries', () => {
	it.each([1, 499, 500, 501, 1_000, 2_000, 5_000])(
		'of the last 500 of %i events trigger nothing after a restart',
		(count) => {
			const node = listeningNode();
			expect(range(0, count).filter((id) => !node.receive({ id }))).toEqual([]);
			node.restart();
			const latest = range(Math.max(0, count - STORED), count);
			expect(latest.filter((id) => node.receive({ id }))).toEqual([]);
			expect(node.receive({ id: count })).toBe(true);
		},
	);

	it('trigger nothing whatever the order of events, repeats and restarts', () => {
		const step = fc.oneof(
			{ weight: 5, arbitrary: fc.record({ events: fc.integer({ min: 1, max: 400 }) }) },
			{ weight: 5, arbitrary: fc.record({ ago: fc.nat(STORED - 1) }) },
			fc.constant('restart' as const),
		);
		fc.assert(
			fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
				const node = listeningNode();
				let count = 0;
				for (const each of steps) {
					if (each === 'restart') node.restart();
					else if ('events' in each) {
						for (let more = each.events; more > 0; more--) {
							expect(node.receive({ id: count++ })).toBe(true);
						}
					} else if (each.ago < count) {
						expect(node.receive({ id: count - 1 - each.ago })).toBe(false);
					}
				}
			}),
			{ numRuns: 30 },
		);
	});

	it('are known when another process has overwritten what was stored', () => {
		const node = listeningNode();
		for (const id of range(0, 600)) node.receive({ id });
		node.store();
		expect(range(0, 600).filter((id) => node.receive({ id }))).toEqual([]);
		node.receive({ id: 600 });
		node.restart();
		expect(range(101, 601).filter((id) => node.receive({ id }))).toEqual([]);
	});

	it('take a bounded place in the database and in memory', () => {
		const quiet = listeningNode();
		quiet.receive({ id: 1 });
		quiet.store();
		expect(quiet.receive({ id: 1 })).toBe(false);
		quiet.store();
		for (let others = 0; others < 200; others++) {
			const other = listeningNode();
			for (const id of range(0, 20)) other.receive({ id });
		}
		expect(quiet.receive({ id: 1 })).toBe(true);

		const busy = listeningNode();
		for (const id of range(0, 3_000)) busy.receive({ id });
		const { deliveries } = busy.stored() as { deliveries: string[] };
		expect(deliveries).toHaveLength(STORED);
		for (const each of deliveries) expect(each).toMatch(/^[\w-]{22}$/);
		busy.store();
		expect(busy.receive({ id: 0 })).toBe(true);
		expect(busy.receive({ id: 2_001 })).toBe(false);
		// Whoever has written more than that there.
		busy.restart();
		busy.store({ deliveries: [...deliveries, ...Array<string>(STORED).fill('other')] });
		expect(busy.receive({ id: 2_999 })).toBe(true);
	});

	it('are forgotten in the process when the trigger is switched off', () => {
		const node = listeningNode();
		node.receive({ id: 1 });
		node.restart();
		node.store();
		expect(node.receive({ id: 1 })).toBe(true);
	});

	it('stay in memory for the 100 nodes that had an event last', () => {
		const others = (count: number) => {
			for (let each = 0; each < count; each++) listeningNode().receive({ id: 1 });
		};
		const node = listeningNode();
		node.receive({ id: 1 });
		for (const round of [1, 2]) {
			others(99);
			node.store();
			expect(node.receive({ id: 1 }), `round ${round}`).toBe(false);
		}
		others(100);
		node.store();
		expect(node.receive({ id: 1 })).toBe(true);
	});
});

describe('what is a repeat', () => {
	it.each([
		['a call with another time of delivery', 'dialer.call.ended', { id: 1 }, { id: 1 }],
		[
			'the same change of a status',
			'agent.status.update',
			{ id: 1, activity_timestamp: '10:00' },
			{ id: 1, activity_timestamp: '10:00' },
		],
	])('%s', (_, event, first, second) => {
		const node = listeningNode();
		expect(node.receive(first, event, '10:00')).toBe(true);
		expect(node.receive(second, event, '10:05')).toBe(false);
	});

	it.each([
		['another call', 'dialer.call.ended', { id: 1 }, { id: 2 }],
		['the same message at another time', 'message.received', { text: 'ok' }, { text: 'ok' }],
		[
			'the same status later',
			'agent.status.update',
			{ id: 1, activity_timestamp: '10:00' },
			{ id: 1, activity_timestamp: '10:05' },
		],
		['a status without a time of its own', 'agent.status.update', { id: 1 }, { id: 1 }],
	])('not %s', (_, event, first, second) => {
		const node = listeningNode();
		expect(node.receive(first, event, '10:00')).toBe(true);
		expect(node.receive(second, event, '10:05')).toBe(true);
	});

	it.each([
		['https://a.example/1.mp3?a', 'https://a.example/1.mp3?b', false],
		['http://a.example/1.mp3?a=1&b=2', 'http://a.example/1.mp3?c', false],
		['https://a.example/1.mp3#a', 'https://a.example/1.mp3', false],
		['https://a.example/1.mp3?a', 'https://a.example/2.mp3?a', true],
		['https://a.example/1.mp3', 'https://a.example/1.mp4', true],
		['see https://a.example/?a', 'see https://a.example/?b', true],
	])('a recording at %s and then at %s: another one is %s', (first, second, isAnother) => {
		const node = listeningNode();
		node.receive({ id: 1, recording: first }, 'call.recording.available');
		const found = node.receive({ id: 1, recording: second }, 'call.recording.available');
		expect(found).toBe(isAnother);
	});
});
