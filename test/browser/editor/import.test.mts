import { expect, test } from 'vitest';
import { importExample, importWorkflow } from '../../n8n/examples.mts';
import { useWorkplace } from '../harness/use.mts';
import { fromList, voisoNode, workflowOf } from '../harness/workflows.mts';

const place = useWorkplace();
const campaign = fromList(3, '● Active · Spring Sale (3)');
const columns = { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] };

test('an import is run from the canvas; the node then shows the results', async () => {
	const { editor, sandbox, client, credential } = place();
	const { id } = await importExample(client, importWorkflow, [credential]);
	await editor.openWorkflow(id);
	await editor.part('execute-workflow-button').click();
	await editor.node('Add to campaign').getByTestId('canvas-node-status-success').waitFor();
	await editor.openNode('Add to campaign');

	// Opening it for the first time changes none of its parameters.
	await editor.part('mapping-mode-select').waitFor();
	const output = editor.part('output-panel');
	const hint = '2,479 created, 9 invalid, 12 repeated. 3 requests, ';
	await output.getByTestId('node-hint').getByText(hint).waitFor();
	await output.getByTestId('ndv-items-count').getByText('2500 items').waitFor();
	const rows = await editor.outputRows();
	expect(rows).toHaveLength(25);
	for (const row of rows) expect(row).toEqual([expect.stringMatching(/^\d+$/), '3', 'created']);

	await output.getByTestId('ndv-search').fill('repeated');
	await output.getByTestId('ndv-items-count').getByText('12 of 2500 items').waitFor();
	expect((await editor.outputRows()).map(([, , status]) => status)).toEqual(
		Array(12).fill('repeated'),
	);
	expect(await output.getByTestId('node-run-info-stale').count()).toBe(0);
	expect(sandbox.report()).toMatchObject({ violations: [], totals: { accepted: 3, tooEarly: 0 } });
});

test('what Voiso rejects is an item, not an error', async () => {
	const { editor, sandbox, client, credential } = place();
	sandbox.reset();
	const people = [
		{ phone: '447700900777' },
		{ phone: '447700900777' },
		{ phone: '15' },
		{ phone: '979123456789' },
	];
	const node = voisoNode('voisoLeads', credential, 'Add', { campaign, columns });
	const { id } = await client.createWorkflow(workflowOf('Rejected', people, node));
	await editor.openWorkflow(id);
	await editor.openNode('Add');
	const output = await editor.executeNode();
	await output.getByTestId('node-hint').first().waitFor();
	const statuses = (await editor.outputRows()).map(([, , status]) => status);
	expect(statuses).toEqual(['created', 'repeated', 'invalid', 'rejected']);
});

test('a wrong key gives an error that says what happened and what to do', async () => {
	const { editor, sandbox, client } = place();
	const data = { clusterId: sandbox.url, apiKey: 'a-wrong-key' };
	const wrong = await client.createCredential({ name: 'Wrong key', type: 'voisoApi', data });
	const node = voisoNode('voisoLeads', wrong, 'Add', { campaign, columns });
	const { id } = await client.createWorkflow(
		workflowOf('Wrong key', [{ phone: '447700900123' }], node),
	);
	await editor.openWorkflow(id);
	await editor.openNode('Add');
	const output = await editor.executeNode();
	const message = await output.getByTestId('node-error-message').innerText();
	expect(message).toContain('Can\'t add leads to campaign "Spring Sale"');
	expect(message).toContain("the API key isn't valid. Check the credential.");
	const remedy = await output.getByTestId('node-error-description').innerText();
	expect(remedy).toContain('Voiso API credential');
	expect(await editor.page.content()).not.toContain(data.apiKey);

	const entries = editor.part('resource-locator-campaign');
	await entries.getByTestId('rlc-input').click();
	await editor.page.getByText("the API key isn't valid. Check the credential.").first().waitFor();
});
