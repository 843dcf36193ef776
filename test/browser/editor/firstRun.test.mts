import { expect, test } from 'vitest';
import { useWorkplace } from '../harness/use.mts';
import { fromList, voisoNode, workflowOf } from '../harness/workflows.mts';

const place = useWorkplace();
const campaign = fromList(3, '● Active · Spring Sale (3)');
const people = ['07700 900123', '07700 900124', '07700 900125'].map((Mobile) => ({ Mobile }));

test('a run in which nothing got in warns and says what to set; then all get in', async () => {
	const { editor, sandbox, client, credential } = place();
	const node = voisoNode('voisoLeads', credential, 'Add', { campaign });
	const { id } = await client.createWorkflow(workflowOf('National numbers', people, node));
	await editor.openWorkflow(id);
	await editor.openNode('Add');
	let output = await editor.executeNode();
	const result = () => output.getByTestId('node-hint').first();
	await result().getByText('3 invalid').waitFor();
	expect(await result().getAttribute('class')).toContain('warning');
	const remedy = "Set 'Default Country' to United Kingdom";
	await result().getByText(remedy).waitFor();
	expect(sandbox.report().campaigns).toEqual({});

	await editor.choose('parameter-input-defaultCountry', 'United Kingdom (GB, +44)');
	output = await editor.executeNode();
	await result().getByText('3 created').waitFor();
	expect(await result().getAttribute('class')).toContain('info');
	expect((await editor.outputRows()).map(([, , status]) => status)).toEqual(
		people.map(() => 'created'),
	);
});

test('an error has one short line; counts and the remedy are below it', async () => {
	const { editor, client, credential } = place();
	const other = fromList(9, '● Active, not live · Payment reminders (9)');
	const node = voisoNode('voisoLeads', credential, 'Add', {
		campaign: other,
		defaultCountry: 'GB',
	});
	const { id } = await client.createWorkflow(workflowOf('Not live', people, node));
	await editor.openWorkflow(id);
	await editor.openNode('Add');
	const output = await editor.executeNode();
	const title = await output.getByTestId('node-error-message').innerText();
	expect(title).toContain('Can\'t add leads to campaign "Payment reminders"');
	expect(title.length).toBeLessThanOrEqual(120);
	expect(title).not.toMatch(/\n|items \d|3 leads/);
	const description = await output.getByTestId('node-error-description').innerText();
	for (const part of ['items 0 to 2 (3 leads)', '0 added', 'live campaigns only'])
		expect(description).toContain(part);
});

test('campaigns that are not live come last where leads are added', async () => {
	const { editor, client, credential } = place();
	const node = voisoNode('voisoLeads', credential, 'Add', {});
	const { id } = await client.createWorkflow(workflowOf('Live ones', people, node));
	await editor.openWorkflow(id);
	await editor.openNode('Add');
	const entries = await editor.openCampaignList();
	await expect.poll(() => entries.count()).toBe(10);
	const isLive = (await entries.allInnerTexts()).map((text) => !text.includes(', not live · '));
	expect(isLive).toEqual(isLive.toSorted((one, other) => Number(other) - Number(one)));
	expect(isLive.filter((live) => !live)).toHaveLength(3);
});

test('a campaign is started once for all items, each of which comes out', async () => {
	const { editor, sandbox, client, credential } = place();
	sandbox.reset();
	sandbox.changeCampaign(3, { status: 'paused' });
	const parameters = { operation: 'start', campaign: fromList(3, '◐ Paused · Spring Sale (3)') };
	const node = voisoNode('voisoCampaign', credential, 'Start', parameters);
	const { id } = await client.createWorkflow(workflowOf('Start once', people, node));
	await editor.openWorkflow(id);
	await editor.openNode('Start');

	const refused = await editor.executeNode();
	const title = await refused.getByTestId('node-error-message').innerText();
	expect(title).toContain('must have at least one lead');

	const lead = [{ phone_number: '447700900123' }];
	await fetch(`${sandbox.url}/api/v4/campaigns/3/leads`, {
		method: 'POST',
		headers: { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/json' },
		body: JSON.stringify(lead),
	});
	await editor.executeNode();
	const rows = await editor.outputRows();
	expect(rows.map((row) => row.slice(0, 5))).toEqual(
		people.map(() => ['3', 'Spring Sale', 'active', 'true', 'paused']),
	);
	expect(sandbox.report().calls['POST /campaigns/{id}/start']).toBe(2);
});

test('without the scope for it, the list of users says what to do', async () => {
	const { editor, sandbox, client } = place();
	const credential = await client.createCredential({
		name: 'Without users.read',
		type: 'voisoApi',
		data: { clusterId: sandbox.url, apiKey: sandbox.apiKeys.noUsersRead },
	});
	const parameters = { resource: 'user', operation: 'add', campaign };
	const node = voisoNode('voisoCampaign', credential, 'Users', parameters);
	const { id } = await client.createWorkflow(workflowOf('Users', [{}], node));
	await editor.openWorkflow(id);
	await editor.openNode('Users');
	await editor.part('parameter-input-userIds').locator('input:enabled').first().click();
	const entry = editor.page.getByRole('option').filter({ hasText: 'users.read' });
	await entry.getByText('enter user IDs').waitFor();
});
