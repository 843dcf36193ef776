import { expect, it } from 'vitest';
import { PreviousAttempts } from '../../../nodes/VoisoLeads/send/previousAttempts.ts';
import type { Failure } from '../../../nodes/VoisoLeads/types.ts';

const failure = (maybeApplied: boolean): Failure => ({
	campaignIds: ['3'],
	problem: { kind: 'timedOut', apiMessage: '', fields: {}, maybeApplied },
	batch: 1,
	attempts: 1,
	maybeApplied,
	cause: 'outOfTime',
});

it('remembers outcomes, and nothing of failures that did not arrive', () => {
	const known = new PreviousAttempts();
	expect(known.add('a', { outcome: { status: 'created' } })).toEqual({
		outcome: { status: 'created' },
	});
	const failed = { failure: failure(false) };
	expect(known.add('b', failed)).toBe(failed);
	expect(known.outcomeOf('a')).toEqual({ status: 'created' });
	expect(known.outcomeOf('b')).toBeUndefined();
	expect(known.add('b', { outcome: { status: 'duplicate' } })).toEqual({
		outcome: { status: 'duplicate' },
	});
});

it('takes a duplicate for possibly its own after a lost answer', () => {
	const known = new PreviousAttempts();
	known.add('a', { failure: failure(true) });
	const result = known.add('a', { outcome: { status: 'duplicate' } });
	expect(result).toMatchObject({ outcome: { status: 'unconfirmed' } });
	expect(known.outcomeOf('a')).toMatchObject({ status: 'unconfirmed' });
});

it('keeps the doubt when the next try fails as well, in one failure for all leads of the batch', () => {
	const known = new PreviousAttempts();
	known.add('a', { failure: failure(true) });
	known.add('b', { failure: failure(true) });
	const second = failure(false);
	const results = ['a', 'b', 'c'].map((key) => known.add(key, { failure: second }));
	const failures = results.map((result) => ('failure' in result ? result.failure : undefined));
	expect(failures.map((one) => one?.maybeApplied)).toEqual([true, true, false]);
	expect(failures[0]).toBe(failures[1]);
	expect(failures[2]).toBe(second);
	expect(second.maybeApplied).toBe(false);
});
