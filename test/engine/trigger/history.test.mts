import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { watch } from './support.mts';

const sandbox = await sandboxForTests();

const TRANSITIONAL = ['pausing', 'stopping'];

const change = fc.record({
	step: fc.constant('change' as const),
	id: fc.constantFrom(3, 5, 6),
	status: fc.constantFrom('active', 'paused', 'auto_paused', 'stopped', 'pausing', 'stopping'),
});
const failure = fc.record({
	step: fc.constant('failedPoll' as const),
	status: fc.constantFrom(401, 429, 500, 503),
});
const other = fc.record({
	step: fc.constantFrom('poll' as const, 'restart' as const, 'newCampaign' as const),
});
/** Polls that do not take place at all are those that are not in the history. */
const history = fc.array(
	fc.oneof({ weight: 5, arbitrary: change }, failure, { weight: 3, arbitrary: other }),
	{ minLength: 5, maxLength: 25 },
);

it('every stable status that is current at a successful poll is emitted exactly once per change', async () => {
	await fc.assert(
		fc.asyncProperty(history, async (steps) => {
			sandbox.reset();
			const known = new Map<number, string>();
			const expected: string[] = [];
			/** What a successful poll must lead to. */
			const expectPoll = (isFirst = false) => {
				for (const { id, status } of sandbox.state().campaigns) {
					const campaign = Number(id);
					if (!status || TRANSITIONAL.includes(status) || known.get(campaign) === status) continue;
					if (!isFirst) expected.push(`${campaign}: ${known.get(campaign) ?? null} -> ${status}`);
					known.set(campaign, status);
				}
			};
			const workflow = watch(sandbox);
			await workflow.activate();
			expectPoll(true);
			let failures = 0;
			for (const each of steps) {
				if (each.step === 'change') {
					sandbox.changeCampaign(each.id, { status: each.status });
				} else if (each.step === 'newCampaign') {
					sandbox.addCampaigns({ status: 'draft' });
				} else if (each.step === 'failedPoll') {
					const headers = { 'retry-after': '600' };
					sandbox.faults.add({ kind: 'status', status: each.status, headers, times: 1 });
					await workflow.poll();
					failures++;
				} else {
					await (each.step === 'poll' ? workflow.poll() : workflow.activate('init'));
					expectPoll();
				}
			}
			await workflow.poll();
			expectPoll();
			const emitted = workflow.executions
				.flat()
				.map(
					({ campaign_id: id, previous_status: before, status }) => `${id}: ${before} -> ${status}`,
				);
			expect(emitted).toEqual(expected);
			expect(workflow.errors).toHaveLength(failures);
		}),
		{ numRuns: 12 },
	);
});
