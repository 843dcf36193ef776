import { mutant, type Mutant } from './mutant.mts';

const LANE = 'shared/throttle/throttle.ts';
const SENDER = 'VoisoLeads/send/campaignSender.ts';
const JUDGE = 'VoisoLeads/send/classifyFailure.ts';
const BACK_OFF = 'VoisoLeads/send/backOff.ts';
const UPSERT = 'VoisoLeads/operations/upsert.ts';

export const pacing: readonly Mutant[] = [
	{
		title: 'counts the gap from the start of a call',
		edits: [
			{ file: LANE, from: 'if (called) this.lastEnd = this.clock.now();', to: '' },
			{
				file: LANE,
				from: "return 'entered';",
				to: "this.lastEnd = this.clock.now(); return 'entered';",
			},
		],
	},
	mutant(
		'forgets the gap after a call without an answer',
		SENDER,
		'lane.leave(true, ',
		"lane.leave(exchange.kind === 'response', ",
	),
	mutant(
		'trusts that timers are not early',
		LANE,
		'wait > 0; wait = this.gap(interval))',
		'wait > 0; wait = 0)',
	),
	mutant(
		'ignores Retry-After',
		SENDER,
		"exchange.kind === 'response' ? exchange.retryAfter : 0",
		'0',
	),
	mutant(
		'takes Retry-After for milliseconds',
		'shared/api/retryAfter.ts',
		'Number(text) * 1000',
		'Number(text)',
	),
	mutant(
		'waits out any Retry-After in the queue',
		LANE,
		'if (this.embargo > patience) {',
		'if (patience < 0) {',
	),
	mutant('lets two into a lane', LANE, 'if (!this.taken) {', 'if (this.waiting.length === 0) {'),
	mutant(
		'forgets a lane at once',
		LANE,
		'const REMEMBERED_MS = 600_000;',
		'const REMEMBERED_MS = 0;',
	),
	mutant(
		'never forgets a lane',
		LANE,
		'const REMEMBERED_MS = 600_000;',
		'const REMEMBERED_MS = 1e12;',
	),
	mutant('rests without jitter', BACK_OFF, 'return interval + random *', 'return interval + 0.5 *'),
	mutant('does not back off more and more', BACK_OFF, '2 ** (attempt - 1)', '2 ** 0'),
];

export const stopping: readonly Mutant[] = [
	mutant(
		'calls once more after Stop',
		SENDER,
		'if (this.run.signal?.aborted) return',
		'if (this.run.signal === null) return',
	),
	mutant(
		'does not hear Stop in the queue',
		LANE,
		"signal?.addEventListener('abort', giveUp, { once: true });",
		'',
	),
	mutant(
		'leaves a listener on the signal',
		LANE,
		"signal?.removeEventListener('abort', giveUp);",
		'',
	),
	mutant(
		'keeps its turn when stopped in the gap',
		LANE,
		"				this.passOn();\n				return 'aborted';",
		"				return 'aborted';",
	),
	mutant(
		'waits for its turn before it gives up',
		SENDER,
		'if (obstacle !== undefined) return obstacle;',
		'',
	),
];

export const trying: readonly Mutant[] = [
	mutant(
		'goes on after a final answer',
		SENDER,
		'				this.close(problem);\n				if (CONCERNS',
		'				if (CONCERNS',
	),
	mutant('goes on in other campaigns with a bad key', SENDER, "	'unauthorized',\n", ''),
	mutant(
		'starts Max Wait anew with each try',
		SENDER,
		'deadline = Math.min(deadline, now + shipment.maxWait);',
		'deadline = now + shipment.maxWait;',
	),
	mutant(
		'never runs out of time',
		SENDER,
		'problem.retryAfter ?? 0) > deadline',
		'problem.retryAfter ?? 0) > Infinity',
	),
	mutant(
		'gives up at half of Max Wait',
		SENDER,
		'deadline = Math.min(deadline, now + shipment.maxWait);',
		'deadline = Math.min(deadline, now + shipment.maxWait / 2);',
	),
	mutant('counts every call as a retry', SENDER, 'if (isRetry) this.retries++;', 'this.retries++;'),
	mutant('does not try PATCH', SENDER, 'this.putProblem = problem;\n		return true;', 'return false;'),
	mutant(
		'trusts PUT when another campaign learned PATCH',
		SENDER,
		"(this.run.shipment.baseUrl) === 'PUT') return false;",
		'(this.run.shipment.baseUrl) !== undefined) return false;',
	),
	mutant(
		'has the second pass of an upsert ask again',
		UPSERT,
		'		record,\n		circuitBreaker,\n	);\n	markRepeats',
		'		record,\n	);\n	markRepeats',
	),
	mutant('judges a server error as final', JUDGE, "serverError: 'again'", "serverError: 'final'"),
	mutant(
		'judges an unknown campaign as a passing fault',
		JUDGE,
		"notFound: 'final'",
		"notFound: 'again'",
	),
	mutant(
		'drops leads on an unclear answer',
		JUDGE,
		"return STATE.test(problem.said) ? 'final' : 'busy';",
		"return STATE.test(problem.said) ? 'final' : 'divide';",
	),
	mutant(
		'takes busy at a field of a lead for a bad lead',
		JUDGE,
		"if (SURELY_BUSY.test(problem.said)) return 'busy';",
		'',
	),
];
