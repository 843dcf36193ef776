import { createHash } from 'node:crypto';
import type { Lead } from '../../../nodes/shared/api/generated/voisoApi.types.ts';

/** What has been done with a lead so far. */
export interface LeadHistory {
	attempts: number;
	/** Whether an agent has talked with the contact. */
	reached: boolean;
}

/** Whether the dialer will call a lead (again). */
export function isDue(
	{ active }: Lead,
	{ attempts, reached }: LeadHistory,
	maxAttempts: number,
): boolean {
	return active !== false && !reached && attempts < maxAttempts;
}

/** A lead without a priority comes after all others. */
const LAST = 1001;

/**
 * The numbers to dial, in order: those tried least, of them the lowest priority, of them the one added
 * first.
 */
export function dialingOrder(
	leads: ReadonlyMap<string, Lead>,
	historyOf: (number: string) => LeadHistory,
	maxAttempts: number,
): string[] {
	return [...leads]
		.map(([number, lead]) => ({ number, lead, history: historyOf(number) }))
		.filter(({ lead, history }) => isDue(lead, history, maxAttempts))
		.sort(
			(a, b) =>
				a.history.attempts - b.history.attempts ||
				(a.lead.priority ?? LAST) - (b.lead.priority ?? LAST),
		)
		.map(({ number }) => number);
}

/** How a call goes; durations in seconds. */
export interface Outcome {
	disposition: string;
	endReason: string | null;
	wrapUpCode: string | null;
	/** Which of so many agents takes the call: the index, or null when none does. */
	agent: number | null;
	duration: {
		total: number;
		dialing_time: number;
		dialer_waiting: number;
		talk_time: number;
		hold_time: number;
		postcall_time: number;
	};
}

/** Of the calls that are not answered, so many in a hundred. */
const missed: [disposition: string, share: number][] = [
	['no_answer', 50],
	['busy', 22],
	['machine_answered', 18],
	['failed', 10],
];
const wrapUpCodes = ['interested', 'call_back', 'not_interested', 'wrong_person'];
const endReasons = ['Contact disconnect', 'Agent disconnect'];

/**
 * Draws how a call goes. The same seed, campaign, number and attempt always go the same way, in whatever
 * order calls are made.
 *
 * @param reachedShare share of the calls that are answered, 0 to 1
 */
export function drawOutcome(
	identity: { seed: number; campaign: number; number: string; attempt: number },
	agents: number,
	reachedShare: number,
): Outcome {
	const { seed, campaign, number, attempt } = identity;
	const draw = drawer(`${seed} ${campaign} ${number} ${attempt}`);
	const answered = agents > 0 && draw(10_000) < reachedShare * 10_000;
	const dialing_time = 3 + draw(18);
	if (!answered) {
		const duration = { total: dialing_time, dialing_time, ...untalked };
		return {
			disposition: pickMissed(draw(100)),
			endReason: null,
			wrapUpCode: null,
			agent: null,
			duration,
		};
	}
	const [dialer_waiting, talk_time, hold_time, postcall_time] = [
		draw(4),
		10 + draw(170),
		draw(10),
		5 + draw(40),
	];
	const total = dialing_time + dialer_waiting + talk_time + hold_time;
	return {
		disposition: 'answered',
		endReason: endReasons[draw(endReasons.length)] ?? null,
		wrapUpCode: wrapUpCodes[draw(wrapUpCodes.length)] ?? null,
		agent: draw(agents),
		duration: { total, dialing_time, dialer_waiting, talk_time, hold_time, postcall_time },
	};
}

const untalked = { dialer_waiting: 0, talk_time: 0, hold_time: 0, postcall_time: 0 };

function pickMissed(at: number): string {
	let sum = 0;
	for (const [disposition, share] of missed) {
		sum += share;
		if (at < sum) return disposition;
	}
	return 'failed';
}

/** Gives whole numbers below a limit, one after the other, that depend on the text only. */
function drawer(text: string): (below: number) => number {
	const bytes = createHash('sha256').update(text).digest();
	let at = 0;
	return (below) => {
		const value = bytes.readUInt32LE((at++ % 8) * 4);
		return Math.floor((value / 2 ** 32) * below);
	};
}
