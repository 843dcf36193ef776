import type { INodeExecutionData, INodeType } from 'n8n-workflow';
import { NodeOperationError, sleep } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { inlineNodeType, runWorkflow, setNode, type TestNode } from './index.mts';

const withValue: Partial<INodeType['description']> = {
	properties: [{ displayName: 'Value', name: 'value', type: 'string', default: '' }],
};

/** Gives its parameter back for each item; the value `bad` is an error. */
const echo = inlineNodeType(async (context) => {
	const output: INodeExecutionData[] = [];
	for (const item of context.getInputData().keys()) {
		const value = context.getNodeParameter('value', item);
		if (value === 'bad') {
			const error = new NodeOperationError(context.getNode(), 'Bad value', { itemIndex: item });
			if (!context.continueOnFail()) throw error;
			output.push({ json: { error: error.message }, pairedItem: { item } });
		} else {
			output.push({ json: { value }, pairedItem: { item } });
		}
	}
	return [output];
}, withValue);

const echoNode = (more: Partial<TestNode> = {}): TestNode => ({
	name: 'Probe',
	type: 'probe',
	parameters: { value: '={{ $json.name }}' },
	...more,
});

test('runs a node on each item and pairs what follows it', async () => {
	const result = await runWorkflow({
		nodes: [
			echoNode(),
			setNode('After', { name: "={{ $('Input').item.json.name }}", value: '={{ $json.value }}' }),
		],
		nodeTypes: { probe: echo },
		input: [{ name: 'Ada' }, { json: { name: 'Bo' } }],
	});

	expect(result).toMatchObject({ status: 'success', finished: true, cancelled: false });
	expect(result.error).toBeUndefined();
	expect(result.json('After')).toEqual([
		{ name: 'Ada', value: 'Ada' },
		{ name: 'Bo', value: 'Bo' },
	]);
});

test('shows the error that the node threw', async () => {
	const result = await runWorkflow({
		nodes: [echoNode()],
		nodeTypes: { probe: echo },
		input: [{ name: 'Ada' }, { name: 'bad' }],
	});

	expect(result).toMatchObject({ status: 'error', finished: false });
	expect(result.error).toMatchObject({
		name: 'NodeOperationError',
		message: 'Bad value',
		context: { itemIndex: 1 },
	});
	expect(result.items('Probe')).toEqual([]);
});

test('splits success and error output, each paired with its input item', async () => {
	const source = "={{ $('Input').item.json.id }}";
	const result = await runWorkflow({
		nodes: [
			echoNode({ onError: 'continueErrorOutput' }),
			setNode('Good', { id: source }),
			setNode('Failed', { id: source, error: '={{ $json.error }}' }),
		],
		connections: { Probe: [['Good'], ['Failed']] },
		nodeTypes: { probe: echo },
		input: [
			{ name: 'bad', id: 1 },
			{ name: 'Ada', id: 2 },
		],
	});

	expect(result.json('Good')).toEqual([{ id: 2 }]);
	expect(result.json('Failed')).toEqual([{ id: 1, error: 'Bad value' }]);
	expect(result.json('Probe', 1)).toEqual([{ name: 'bad', id: 1, error: 'Bad value' }]);
});

test('continues with the error as an item of the regular output', async () => {
	const result = await runWorkflow({
		nodes: [echoNode({ onError: 'continueRegularOutput' })],
		nodeTypes: { probe: echo },
		input: [{ name: 'bad' }, { name: 'Ada' }],
	});

	expect(result.json('Probe')).toEqual([{ error: 'Bad value' }, { value: 'Ada' }]);
});

test('tries a failing node again', async () => {
	let runs = 0;
	const flaky = inlineNodeType(async () => {
		runs += 1;
		if (runs < 3) throw new Error('not yet');
		return [[{ json: { runs } }]];
	});
	const result = await runWorkflow({
		nodes: [echoNode({ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 })],
		nodeTypes: { probe: flaky },
	});

	expect(result.json('Probe')).toEqual([{ runs: 3 }]);
});

test('stops a node that is running', async () => {
	const stop = new AbortController();
	const waiting = inlineNodeType(async (context) => {
		const ended = new Promise<void>((resolve) => {
			context.getExecutionCancelSignal()?.addEventListener('abort', () => resolve());
		});
		stop.abort();
		await ended;
		return [[{ json: { ended: true } }]];
	});
	const result = await runWorkflow({
		nodes: [echoNode(), setNode('After', {})],
		nodeTypes: { probe: waiting },
		stop: stop.signal,
	});

	expect(result).toMatchObject({ status: 'canceled', finished: false, cancelled: true });
	expect(result.runData).not.toHaveProperty('After');
});

test('ends an execution that is over its time between two nodes', async () => {
	const result = await runWorkflow({
		nodes: [echoNode(), setNode('After', {})],
		nodeTypes: {
			probe: inlineNodeType(async () => {
				await sleep(5);
				return [[{ json: {} }]];
			}),
		},
		executionTimeout: 5,
	});

	expect(result.cancelled).toBe(true);
	expect(result.runData).not.toHaveProperty('After');
});

test('follows the named connections and reports each node', async () => {
	const seen: string[] = [];
	await runWorkflow({
		nodes: [setNode('B', {}), setNode('A', {})],
		connections: { A: [['B']] },
		startNode: 'A',
		beforeNode: (name) => seen.push(`before ${name}`),
		afterNode: (name) => seen.push(`after ${name}`),
	});

	expect(seen.slice(2)).toEqual(['before A', 'after A', 'before B', 'after B']);
});

test('keeps the hints and the messages of a node', async () => {
	const chatty = inlineNodeType(async (context) => {
		context.addExecutionHints({ message: 'Look here' });
		context.sendMessageToUI('progress');
		return [[]];
	});
	const result = await runWorkflow({ nodes: [echoNode()], nodeTypes: { probe: chatty } });

	expect(result.hints()).toEqual([{ message: 'Look here' }]);
	expect(result.hints('Input')).toEqual([]);
	expect(result.messages).toMatchObject([{ messages: ['progress'] }]);
});
