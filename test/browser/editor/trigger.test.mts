import { describe, expect, inject, test, vi } from 'vitest';
import { useWorkplace, WEBHOOK_SECRET } from '../harness/use.mts';
import { packageNode } from '../harness/workflows.mts';

const place = useWorkplace();
const STATUS = ['Trigger On', 'Poll Times', 'Campaigns', 'New Status', 'Simplify', 'Options'];
const EVENT = ['Trigger On', 'Events', 'Simplify', 'Filters'];

/** A saved workflow that begins with the trigger. */
async function saved(name: string, parameters: object, ...credentials: ('api' | 'webhook')[]) {
	const { client, credential, webhookCredential } = place();
	const chosen = credentials.map((each) => (each === 'api' ? credential : webhookCredential));
	const node = packageNode('voisoTrigger', 'Voiso Trigger', { ...parameters }, ...chosen);
	const webhookId = name.replaceAll(' ', '-').toLowerCase();
	const nodes = [{ ...node, webhookId }];
	const { id } = await client.createWorkflow({ name, nodes, connections: {} });
	return { id, webhookId };
}

/** The labels that the node shows. */
async function expectForm(triggerOn: string, labels: string[]): Promise<void> {
	const { editor } = place();
	await expect.poll(() => editor.chosen('parameter-input-triggerOn')).toBe(triggerOn);
	await expect.poll(() => editor.labels()).toEqual(expect.arrayContaining(labels));
	const others = [...STATUS, ...EVENT].filter((label) => !labels.includes(label));
	for (const label of others) expect(await editor.labels()).not.toContain(label);
}

describe('the trigger in the panel of nodes', () => {
	test.each([
		['On campaign status changed', 'Campaign Status Changed', STATUS],
		['On call, agent or message event', 'Event', EVENT],
	])('%s', async (action, triggerOn, labels) => {
		const { editor } = place();
		await editor.newWorkflow();
		await editor.searchNodes('voiso');
		await editor.addFoundNode('Voiso', action);
		await expectForm(triggerOn, labels);
		await editor.closeNode();
		await editor.saveNew();
	});
});

describe('a saved trigger', () => {
	const parametersOf = async (id: string) => {
		const { nodes } = await place().client.workflow(id);
		return nodes[0]?.parameters;
	};

	test.each([
		['without credentials', []],
		['with the other credential', ['api']],
		['with both credentials', ['api', 'webhook']],
	] as const)('on events keeps that when it is opened %s', async (state, credentials) => {
		const { editor } = place();
		const { id } = await saved(`Event ${state}`, { triggerOn: 'event' }, ...credentials);
		await editor.openWorkflow(id);
		await editor.openNode('Voiso Trigger');
		await expectForm('Event', EVENT);
		await editor.turn('parameter-input-simplify', false);
		await editor.closeNode();
		await editor.save();
		await expect
			.poll(() => parametersOf(id))
			.toMatchObject({ triggerOn: 'event', simplify: false });
		await editor.openWorkflow(id);
		await editor.openNode('Voiso Trigger');
		await expectForm('Event', EVENT);
		await editor.closeNode();
	});

	test.each([
		['without credentials', []],
		['with the other credential', ['webhook']],
		['with both credentials', ['api', 'webhook']],
	] as const)('on a status keeps that when it is opened %s', async (state, credentials) => {
		const { editor } = place();
		const { id } = await saved(`Status ${state}`, { newStatus: 'autoPaused' }, ...credentials);
		await editor.openWorkflow(id);
		await editor.openNode('Voiso Trigger');
		await expectForm('Campaign Status Changed', STATUS);
		await editor.turn('parameter-input-simplify', false);
		await editor.closeNode();
		await editor.save();
		await expect
			.poll(() => parametersOf(id))
			.toMatchObject({ newStatus: 'autoPaused', simplify: false });
		expect(await parametersOf(id)).not.toMatchObject({ triggerOn: 'event' });
	});

	test('is switched to the other kind and back', async () => {
		const { editor } = place();
		const { id } = await saved('Switched', {}, 'api', 'webhook');
		await editor.openWorkflow(id);
		await editor.openNode('Voiso Trigger');
		await expectForm('Campaign Status Changed', STATUS);
		await editor.choose('parameter-input-triggerOn', 'Event');
		await expectForm('Event', EVENT);
		await editor.part('node-parameters').getByText('Webhook URLs').waitFor();
		await editor.choose('parameter-input-triggerOn', 'Campaign Status Changed');
		await expectForm('Campaign Status Changed', STATUS);
		expect(await editor.part('node-parameters').getByText('Webhook URLs').count()).toBe(0);
		await editor.choose('parameter-input-triggerOn', 'Event');
		await editor.closeNode();
		await editor.node('Voiso Trigger').getByText('event', { exact: true }).waitFor();
		await editor.save();
		await expect.poll(() => parametersOf(id)).toMatchObject({ triggerOn: 'event' });
	});
});

describe('a test of the step', () => {
	test('shows a campaign, chosen from the list', async () => {
		const { editor } = place();
		const { id } = await saved('Test status', {}, 'api');
		await editor.openWorkflow(id);
		await editor.openNode('Voiso Trigger');
		await editor.choose('parameter-input-campaigns', 'Selected');
		await editor.choose('parameter-input-campaignIds', '◐ Paused · Renewals (5)');
		await editor.page.keyboard.press('Escape');
		const output = await editor.executeNode();
		await output.getByTestId('node-hint').getByText('Sample data').waitFor();
		expect((await editor.outputRows())[0]?.slice(0, 3)).toEqual(['5', 'Renewals', 'paused']);
		await editor.closeNode();
	});

	test('waits for an event and shows it', async () => {
		const { editor, sandbox } = place();
		const { id, webhookId } = await saved('Test event', { triggerOn: 'event' }, 'webhook');
		await editor.openWorkflow(id);
		await editor.openNode('Voiso Trigger');
		await editor.part('node-execute-button').click();
		await editor.page.getByText('Listening for test event').waitFor();
		const url = `${inject('n8nUrl')}/webhook-test/${webhookId}/voiso`;
		const event = { secret: WEBHOOK_SECRET, data: { id: 'call-1' } };
		expect(await sandbox.deliver(url, 'dialer.call.ended', event)).toMatchObject({ status: 200 });
		const [row] = await editor.outputRows();
		expect(row).toEqual(expect.arrayContaining(['dialer.call.ended', 'call-1', 'Spring Sale']));
		await editor.closeNode();
	});
});

test('a workflow is activated in the editor, and an event then runs it', async () => {
	const { editor, sandbox, client } = place();
	const { id, webhookId } = await saved('Active', { triggerOn: 'event' }, 'webhook');
	await editor.openWorkflow(id);
	await editor.activate();
	const url = `${inject('n8nUrl')}/webhook/${webhookId}/voiso`;
	const deliver = async (secret: string) =>
		(await sandbox.deliver(url, 'dialer.call.ended', { secret })).status;
	await vi.waitFor(async () => expect(await deliver('wrong')).toBe(401), { timeout: 45_000 });
	expect(await deliver(WEBHOOK_SECRET)).toBe(200);
	await expect
		.poll(async () => (await client.listExecutions(id)).map(({ status }) => status))
		.toEqual(['success']);
	// What it says after the first activation.
	await editor.page.getByRole('button', { name: 'Got it' }).click();
	await editor.goto(`/workflow/${id}/executions`);
	await editor.page
		.getByText(/Succeeded/)
		.first()
		.waitFor();
});

test('a filter that cannot be used stops the activation, and says why', async () => {
	const { editor } = place();
	const filters = { campaignIds: 'Spring Sale' };
	const { id } = await saved('Bad filter', { triggerOn: 'event', filters }, 'webhook');
	await editor.openWorkflow(id);
	await editor.activate();
	await editor.page.getByText('"Spring" isn\'t a campaign ID').first().waitFor();
});
