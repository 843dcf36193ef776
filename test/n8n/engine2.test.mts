import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Sandbox, startSandbox } from '../sandbox/index.mts';
import {
	freePort,
	itemsOf,
	jsonOf,
	type N8n,
	type SavedCredential,
	type SavedWorkflow,
	startN8n,
} from './harness/index.mts';
import { database, type Service, startPostgres } from './harness/services.mts';
import {
	coreNode,
	createImport,
	inARow,
	LEADS,
	newCampaign,
	pollTimes,
	reportOf,
	tally,
} from './imports.mts';

const SECRET = 'correct-horse-battery';
const settings = { engineType: 'v2' };

let postgres: Service;
let sandbox: Sandbox;
let n8n: N8n;
let credential: SavedCredential;
/** The execution that a status change starts; the other tests run until n8n polls. */
let polled: Promise<string>;

beforeAll(async () => {
	sandbox = await startSandbox();
	postgres = await startPostgres();
	n8n = await startN8n({
		tarball: inject('tarball'),
		env: {
			N8N_ENABLED_MODULES: 'engine-v2',
			N8N_ENGINE_DATABASE_URL: `postgres://${database}@127.0.0.1:${postgres.port}/postgres`,
			N8N_ENGINE_HOST: '127.0.0.1',
			N8N_ENGINE_PORT: String(await freePort()),
			N8N_ENGINE_CONTROL_PLANE_PORT: String(await freePort()),
		},
	});
	credential = await n8n.client.createCredential({
		name: 'Voiso API',
		type: 'voisoApi',
		data: { clusterId: sandbox.url, apiKey: sandbox.apiKey },
	});
	const workflow = await listen({ triggerOn: 'campaignStatus', pollTimes }, credential);
	polled = startedBy(workflow, () => sandbox.changeCampaign(3, { status: 'auto_paused' }));
});

afterAll(async () => {
	await n8n?.close();
	await postgres?.close();
	await sandbox?.close();
});

test('2,500 leads go in, each once, two seconds apart', async () => {
	const campaign = newCampaign(sandbox);
	const workflow = await createImport(n8n.client, { credential, campaign, count: 2500, settings });
	const execution = await n8n.client.runToEnd(workflow);

	expect(execution.error).toBeUndefined();
	expect(tally(itemsOf(execution, LEADS).map(({ json }) => json))).toEqual({ created: 2500 });
	const report = reportOf(sandbox, campaign);
	expect(report?.leadRequests.map(({ leads }) => leads)).toEqual([1000, 1000, 500]);
	expect(report).toMatchObject({ leadsStored: 2500, busy: 0, tooEarly: 0, overlapped: 0 });
});

test('the first line of an error names the remedy, since the rest of it is lost', async () => {
	const data = { clusterId: sandbox.url, apiKey: 'wrong' };
	const wrong = await n8n.client.createCredential({ name: 'Wrong', type: 'voisoApi', data });
	const campaign = newCampaign(sandbox);
	const workflow = await createImport(n8n.client, {
		credential: wrong,
		campaign,
		count: 3,
		settings,
	});
	const { status, error } = await n8n.client.runToEnd(workflow);
	expect(status).toBe('error');
	expect(error?.message).toContain('Check the credential');
	expect(reportOf(sandbox, campaign)?.leadsStored ?? 0).toBe(0);
});

test('an error output is refused before anything is sent', async () => {
	const campaign = newCampaign(sandbox);
	const node = { onError: 'continueErrorOutput' };
	const workflow = await createImport(n8n.client, {
		credential,
		campaign,
		count: 3,
		settings,
		node,
	});
	await expect(n8n.client.runWorkflow(workflow)).rejects.toThrow(/continueErrorOutput/);
	expect(reportOf(sandbox, campaign)).toBeUndefined();
});

/** A workflow of the trigger and a node behind it, active. */
async function listen(parameters: object, { id, name, type }: SavedCredential, path?: string) {
	const trigger = {
		...coreNode('Voiso Trigger', '', 1),
		type: 'n8n-nodes-voiso.voisoTrigger',
		parameters: { ...parameters },
		credentials: { [type]: { id, name } },
		...(path !== undefined && { webhookId: path }),
	};
	const nodes = [trigger, coreNode('After', 'noOp', 1)];
	const workflow = await n8n.client.createWorkflow({
		name: 'Trigger',
		nodes,
		connections: inARow(nodes),
		settings,
	});
	await n8n.client.activateWorkflow(workflow);
	return workflow;
}

/** The execution that a change starts. */
async function startedBy(workflow: SavedWorkflow, change: () => unknown): Promise<string> {
	const start = async () => await change();
	const [id = ''] = await n8n.client.executionsStartedBy(workflow.id, start, 1, 120_000);
	return id;
}

test('an event starts a workflow', async () => {
	const data = { secret: SECRET };
	const webhook = await n8n.client.createCredential({
		name: 'Voiso Webhook API',
		type: 'voisoWebhookApi',
		data,
	});
	const events = ['dialer.call.ended'];
	const workflow = await listen({ triggerOn: 'event', events }, webhook, 'engine-2');
	const url = `${n8n.url}/webhook/engine-2/voiso`;
	const id = await startedBy(workflow, async () => {
		const { status } = await sandbox.deliver(url, 'dialer.call.ended', {
			secret: SECRET,
			data: { id: 'call-1' },
		});
		expect(status).toBe(200);
	});
	const items = jsonOf(await n8n.client.waitForExecution(id), 'After');
	expect(items).toMatchObject([{ call_id: 'call-1' }]);
});

test('a status change starts a workflow', async () => {
	const items = jsonOf(await n8n.client.waitForExecution(await polled), 'After');
	// The other tests add campaigns, which are news as well.
	const ofCampaign = items.filter(({ campaign_id }) => campaign_id === 3);
	expect(ofCampaign).toMatchObject([{ previous_status: 'active', status: 'auto_paused' }]);
});
