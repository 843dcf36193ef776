import { expect, test } from 'vitest';
import { useWorkplace } from '../harness/use.mts';
import { voisoNode, workflowOf } from '../harness/workflows.mts';

const place = useWorkplace();

test('a campaign is chosen from a list that shows the status, can be searched and has all pages', async () => {
	const { editor, sandbox, client, credential } = place();
	const many = Array.from({ length: 130 }, (_, index) => ({ name: `Region ${index + 1}` }));
	sandbox.addCampaigns(...many);
	const node = voisoNode('voisoCampaign', credential, 'Look', { operation: 'get' });
	const { id } = await client.createWorkflow(workflowOf('Choose', [{}], node));
	await editor.openWorkflow(id);
	await editor.openNode('Look');

	const entries = await editor.openCampaignList();
	await expect.poll(() => entries.count()).toBe(100);
	expect((await entries.allInnerTexts()).slice(0, 3)).toEqual([
		'○ Completed · Winter Sale (1)',
		'○ Stopped, not live · Spring Sale 2024 (2)',
		'● Active · Spring Sale (3)',
	]);
	await entries.last().scrollIntoViewIfNeeded();
	await expect.poll(() => entries.count()).toBe(140);

	await editor.searchCampaigns('renewals');
	await expect
		.poll(() => entries.allInnerTexts())
		.toEqual(['◐ Paused · Renewals (5)', '● Active · Renewals UK (6)']);
	await entries.first().click();
	const chosen = editor.part('resource-locator-campaign').getByTestId('rlc-input');
	await expect.poll(() => chosen.inputValue()).toBe('◐ Paused · Renewals (5)');

	await editor.executeNode();
	expect((await editor.outputRows())[0]?.slice(0, 3)).toEqual(['5', 'Renewals', 'paused']);
	await editor.closeNode();
	await editor.node('Look').getByText('Get: Renewals', { exact: true }).waitFor();
});

test('a wrong ID is refused before anything runs', async () => {
	const { editor, client, credential } = place();
	const campaign = { __rl: true, mode: 'id', value: 'Spring Sale' };
	const node = voisoNode('voisoCampaign', credential, 'Get it', { operation: 'get', campaign });
	const { id } = await client.createWorkflow(workflowOf('Wrong ID', [{}], node));
	await editor.openWorkflow(id);
	await editor.openNode('Get it');
	await editor.part('parameter-issues').hover();
	await editor.page.getByText('A campaign ID is a number, such as 3').first().waitFor();
});
