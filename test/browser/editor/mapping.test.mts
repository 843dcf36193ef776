import { expect, test } from 'vitest';
import { useWorkplace } from '../harness/use.mts';
import { fromList, voisoNode, workflowOf } from '../harness/workflows.mts';

const place = useWorkplace();
const campaign = fromList(3, '● Active · Spring Sale (3)');
/** As somebody leaves it who maps by hand. */
const columns = { mappingMode: 'defineBelow', value: null };
const header = ['447700900123', '3', 'created'];

test('fields are mapped by hand: dragged from the input, or entered', async () => {
	const { editor, sandbox, client, credential } = place();
	const people = [
		{ Line: '+44 7700 900123', Who: 'Ann Lee' },
		{ Line: '07700 900124', Who: 'Bo Lind' },
	];
	const node = voisoNode('voisoLeads', credential, 'Add', { campaign, columns });
	const { id } = await client.createWorkflow(workflowOf('By hand', people, node));
	await editor.openWorkflow(id);
	await editor.openNode('Add');
	await editor.mapField('Line', 'parameter-input-phone_number');
	await editor.mapField('Who', 'parameter-input-name');
	await editor.part('parameter-input-priority').locator('input').fill('7');
	await editor
		.part('node-parameters')
		.getByText('Include the country code in phone numbers')
		.waitFor();

	const output = await editor.executeNode();
	await output
		.getByTestId('node-hint')
		.getByText(/^1 created, 1 invalid\. 1 request/)
		.waitFor();
	const [created, invalid] = await editor.outputRows();
	expect(created?.slice(0, 3)).toEqual(header);
	expect(invalid?.slice(0, 3)).toEqual(['07700 900124', '3', 'invalid']);
	expect(invalid?.[3]).toContain('has no country code');
	expect(sandbox.report().campaigns[3]?.leads).toMatchObject({
		447700900123: { name: 'Ann Lee', priority: 7 },
	});
});

test('a field that nobody touches is not given, a number neither', async () => {
	const { editor, sandbox, client, credential } = place();
	sandbox.reset();
	const node = voisoNode('voisoLeads', credential, 'Add', { campaign, columns });
	const people = [{ Line: '+44 7700 900123' }];
	const { id } = await client.createWorkflow(workflowOf('Untouched', people, node));
	await editor.openWorkflow(id);
	await editor.openNode('Add');
	await editor.mapField('Line', 'parameter-input-phone_number');
	// n8n 1 fills in a 0 here, and stores it.
	await editor.part('parameter-input-priority').locator('input').scrollIntoViewIfNeeded();

	await editor.executeNode();
	expect(await editor.outputRows()).toEqual([header]);
	expect(sandbox.report().campaigns[3]?.leads).toEqual({
		447700900123: { phone_number: '447700900123' },
	});
});

test('fields are mapped automatically, by what a CRM calls them', async () => {
	const { editor, sandbox, client, credential } = place();
	sandbox.reset();
	const people = [
		{ 'Mobile Number': '447700900123', 'Full Name': 'Ann Lee', isActive: 'no', Pet: 'cat' },
	];
	const node = voisoNode('voisoLeads', credential, 'Add', { campaign, columns });
	const { id } = await client.createWorkflow(workflowOf('Automatically', people, node));
	await editor.openWorkflow(id);
	await editor.openNode('Add');
	await editor.choose('mapping-mode-select', 'Map Automatically');
	const notice = editor.part('node-parameters').locator('.notice');
	await notice.getByText('usual names such as Mobile, First Name').waitFor();
	expect(await notice.count()).toBe(1);

	const output = await editor.executeNode();
	await output
		.getByTestId('node-hint')
		.getByText(/^1 created\. 1 request/)
		.waitFor();
	expect(await editor.outputRows()).toEqual([header]);
	expect(sandbox.report().campaigns[3]?.leads).toEqual({
		447700900123: { phone_number: '447700900123', name: 'Ann Lee', active: false },
	});
});

test('to stop calling, the number is the only field', async () => {
	const { editor, client, credential } = place();
	const node = voisoNode('voisoLeads', credential, 'Stop', {
		operation: 'deactivate',
		campaign,
		columns,
	});
	const { id } = await client.createWorkflow(workflowOf('Stop', [{}], node));
	await editor.openWorkflow(id);
	await editor.openNode('Stop');
	await editor.part('parameter-input-phone_number').waitFor();
	expect(await editor.part('parameter-input-name').count()).toBe(0);
	expect(await editor.part('node-parameters').getByText('Context Headers').count()).toBe(0);
});
