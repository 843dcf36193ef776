import type { GenericValue, IDataObject, INodeParameters } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { watchTurns } from '../harness/turns.mts';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { byId, run } from './support.mts';

const sandbox = await sandboxForTests();

/** What n8n itself evaluates for every item. */
const OF_EACH_ITEM = '={{ $itemIndex < 0 ? "" : $json.value }}';

test.each<[string, INodeParameters, GenericValue]>([
	['that name no campaign', { operation: 'get', campaign: byId(OF_EACH_ITEM) }, 'nothing'],
	['for one campaign', { operation: 'pause', campaign: byId(3), simplify: OF_EACH_ITEM }, true],
])('items %s let n8n go on, however many there are', async (_, parameters, value) => {
	const reads = watchTurns();
	const input = Array.from({ length: 200 }, (): IDataObject => ({
		get value() {
			reads.onRead();
			return value;
		},
	}));
	const { json } = await run(
		sandbox,
		{ resource: 'campaign', ...parameters },
		{ input, node: { onError: 'continueRegularOutput' } },
	);

	expect(json('Voiso')).toHaveLength(200);
	expect(reads.count()).toBeGreaterThanOrEqual(200);
	expect(reads.mostInOneTurn()).toBeLessThanOrEqual(5);
});
