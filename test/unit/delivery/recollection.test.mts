import { expect, it } from 'vitest';
import { Recollection } from '../../../nodes/VoisoLeads/steps/recollection.ts';
import type { Failure } from '../../../nodes/VoisoLeads/types.ts';

const failure = (mayHaveArrived: boolean): Failure => ({
	campaignIds: ['3'],
	problem: { kind: 'timedOut', said: '', fields: {}, mayHaveArrived },
	batch: 1,
	attempts: 1,
	mayHaveArrived,
	cause: 'outOfTime',
});

it('remembers outcomes, and nothing of failures that did not arrive', () => {
	const known = new Recollection();
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
	const known = new Recollection();
	known.add('a', { failure: failure(true) });
	const result = known.add('a', { outcome: { status: 'duplicate' } });
	expect(result).toMatchObject({ outcome: { status: 'unconfirmed' } });
	expect(known.outcomeOf('a')).toMatchObject({ status: 'unconfirmed' });
});

it('keeps the doubt when the next try fails as well, in one failure for all leads of the batch', () => {
	const known = new Recollection();
	known.add('a', { failure: failure(true) });
	known.add('b', { failure: failure(true) });
	const second = failure(false);
	const results = ['a', 'b', 'c'].map((key) => known.add(key, { failure: second }));
	const failures = results.map((result) => ('failure' in result ? result.failure : undefined));
	expect(failures.map((one) => one?.mayHaveArrived)).toEqual([true, true, false]);
	expect(failures[0]).toBe(failures[1]);
	expect(failures[2]).toBe(second);
	expect(second.mayHaveArrived).toBe(false);
});
