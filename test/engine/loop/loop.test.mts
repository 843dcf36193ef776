import { expect, test } from 'vitest';
import { phone } from '../leads/support.mts';
import { disagreements } from './agreement.mts';
import { askAndList, dialAndListen, importPeople, startLoop } from './loop.mts';

const LEADS = 10_000;
/** Calls with events, of some 18,000. All: LISTENED=Infinity npm run test:engine -- test/engine/loop/loop.test.mts */
const LISTENED = Number(process.env['LISTENED'] ?? 300);

test(
	`statuses, calls and events of ${LEADS} leads agree with the ledger, number by number`,
	async () => {
		const loop = await startLoop();
		const { sandbox } = loop;
		const seconds: Record<string, number> = {};
		const timed = async <Value,>(what: string, work: Promise<Value>) => {
			const start = performance.now();
			const value = await work;
			seconds[what] = Math.round((performance.now() - start) / 100) / 10;
			return value;
		};
		try {
			await timed('import', importPeople(sandbox, LEADS));
			const events = await timed('calls and events', dialAndListen(loop, LISTENED));
			const told = await timed('Get Status and Get Many', askAndList(sandbox, LEADS));
			const numbers = Array.from({ length: LEADS }, (_, index) => phone(index));
			const wrong = disagreements(sandbox, numbers, { ...told, events, listened: LISTENED });
			expect(wrong.slice(0, 10)).toEqual([]);
			expect(sandbox.report().violations).toEqual([]);
			expect(told.calls.length).toBeGreaterThan(LEADS);
			if (process.env['LISTENED'] !== undefined) {
				const counts = { leads: LEADS, calls: told.calls.length, events: events.length };
				console.log(JSON.stringify({ ...counts, seconds }));
			}
		} finally {
			await sandbox.close();
		}
	},
	LISTENED === 300 ? 120_000 : 1_200_000,
);
