import { beforeAll, describe, expect, it } from 'vitest';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { ways, why, type Entered } from './ways.mts';

const sandbox = await sandboxForTests({ minimumInterval: 0, processingTime: 0 });
const entered: Entered = { clusterId: sandbox.url, apiKey: sandbox.apiKey };

/** Of those that try again, one in the editor and one that runs; adding leads has tests of its own. */
const some = [
	'the test of the credential',
	'the list of campaigns in the editor',
	'listing campaigns',
];

it.each(ways.filter(({ name }) => some.includes(name)))(
	'an answer of 50 MB is called what it is, and none of it is shown: $name',
	async ({ use }) => {
		sandbox.faults.add({ kind: 'large' });
		const shown = await use(entered);
		expect(shown).toContain(why('unreadable', sandbox.url));
		expect(shown).not.toContain('x'.repeat(1000));
	},
);

describe('an answer of lists within lists', () => {
	const results = new Map<string, string>();

	// All at once, because each is asked for again a few times.
	beforeAll(async () => {
		sandbox.reset();
		const body = '['.repeat(100_000) + ']'.repeat(100_000);
		const headers = { 'content-type': 'application/json' };
		sandbox.faults.add({ kind: 'status', status: 200, headers, body });
		await Promise.all(ways.map(async ({ name, use }) => results.set(name, await use(entered))));
	});

	it.each(ways)('is called what it is, and none of it is shown: $name', ({ name }) => {
		const shown = results.get(name);
		expect(shown).toContain(why('unreadable', sandbox.url));
		expect(shown).not.toContain('[[[[[[[[[[');
	});
});
