import { firstOf } from './firstOf.mts';
import type { Invariants } from './firstOf.mts';

/** It comes to an end, without an exception, and leaves nothing behind. */
export const cleanliness: Invariants = {
	comesToAnEnd: ({ neverEnds }) => neverEnds?.message,

	settlesWithoutException: ({ executions }) =>
		firstOf(executions, ({ thrown }) => (thrown === undefined ? undefined : String(thrown))),

	noUnhandledRejection: ({ unhandled }) =>
		unhandled.length === 0 ? undefined : unhandled.map(String).join('; '),

	noTimerIsLeft: ({ timersLeft }) => (timersLeft > 0 ? `${timersLeft} timers` : undefined),

	noListenerIsLeft: ({ executions }) =>
		firstOf(executions, ({ controller, listeners }) => {
			// What a dead one waited for stays, also where another tool call of the same execution was over.
			const isDead = executions.some((other) => other.killed && other.controller === controller);
			return isDead || listeners === 0 ? undefined : `${listeners} listeners on the signal`;
		}),

	memoryIsReleased: ({ throttlesLeft }) =>
		throttlesLeft === 0 ? undefined : `${throttlesLeft} throttles are still remembered`,
};
