import { expect, it } from 'vitest';
import { explain } from '../../../nodes/shared/api/explain.ts';

it.each([
	[1, '1 second'],
	[1000, '1 second'],
	[1001, '2 seconds'],
	[119_000, '119 seconds'],
	[119_001, '2 minutes'],
	[7_140_000, '119 minutes'],
	[7_140_001, '2 hours'],
	[86_400_000, '24 hours'],
])('a wait of %i ms is one of %s', (retryAfter, words) => {
	const problem = { kind: 'rateLimited', apiMessage: '', fields: {}, maybeApplied: false } as const;
	const { message } = explain({ ...problem, retryAfter }, { action: 'x', host: 'h' });
	expect(message).toBe(
		`Could not x: Voiso is receiving too many requests and asks to wait ${words}`,
	);
});

it('a scope that is not known is not named', () => {
	const problem = { kind: 'forbidden', apiMessage: '', fields: {}, maybeApplied: false } as const;
	expect(explain(problem, { action: 'x', host: 'h' })).toMatchObject({
		message: 'Could not x: the API key may not do this',
		description: expect.stringContaining('with the scope that this needs'),
	});
});

it('a conflict without a campaign is about no campaign', () => {
	const problem = { kind: 'conflict', apiMessage: '', fields: {}, maybeApplied: false } as const;
	expect(explain(problem, { action: 'x', host: 'h' }).message).toBe(
		'Could not x: the state does not allow that',
	);
});
