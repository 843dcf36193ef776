import { expect, test } from 'vitest';
import { useWorkplace } from '../harness/use.mts';
import { fromList, voisoNode } from '../harness/workflows.mts';

const place = useWorkplace();
const campaign = fromList(3, '● Active · Spring Sale (3)');
const CSV = 'Tel;Who\n447700900123;Ann Lee\n07700 900124;Bo Lind\n';

test('leads come from a CSV file, whose columns are matched or named', async () => {
	const { editor, sandbox, client, credential } = place();
	sandbox.reset();
	const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [0, 0] as [number, number],
		parameters: { ...parameters },
	});
	const steps = [
		node('Start', 'manualTrigger', 1, {}),
		node('Text', 'set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify({ text: CSV }) }),
		node('File', 'convertToFile', 1.1, {
			operation: 'toText',
			sourceProperty: 'text',
			options: { fileName: 'leads.csv' },
		}),
		voisoNode('voisoLeads', credential, 'Add', { campaign }),
	];
	const connections = Object.fromEntries(
		steps
			.slice(1)
			.map(({ name }, index) => [
				steps[index]?.name ?? '',
				{ main: [[{ node: name, type: 'main', index: 0 }]] },
			]),
	);
	const nodes = steps.map((step, index) => ({
		...step,
		position: [index * 200, 0] as [number, number],
	}));
	const { id } = await client.createWorkflow({ name: 'File', nodes, connections });
	await editor.openWorkflow(id);
	await editor.openNode('Add');
	await editor.choose('parameter-input-inputMode', 'CSV File');
	const labels = [
		'Operation',
		'Campaign From',
		'Campaign',
		'Input Mode',
		'Input Data Field Name',
		'Default Country',
		'Columns',
	];
	await expect
		.poll(async () => (await editor.labels()).filter((label) => labels.includes(label)))
		.toEqual(labels);
	await editor.choose('parameter-input-fileMapping', 'Name Each Column');
	await editor.part('parameter-input-phoneNumberColumn').locator('input').fill('Tel');

	const output = await editor.executeNode();
	await output
		.getByTestId('node-hint')
		.getByText(/^1 created, 1 invalid\. 1 request/)
		.waitFor();
	expect(sandbox.report().campaigns[3]?.leads).toEqual({
		447700900123: { phone_number: '447700900123' },
	});
	await output.getByText('Binary', { exact: true }).first().click();
	await output.getByText('results.csv').first().waitFor();
	// The editor would go on showing files first.
	await output.getByText('Table', { exact: true }).click();
	await editor.part('ndv-input-panel').getByText('Schema', { exact: true }).click();

	await editor.choose('parameter-input-campaignFrom', 'Column of the File');
	await editor.part('parameter-input-campaignColumn').waitFor();
	expect(await editor.part('resource-locator-campaign').count()).toBe(0);
});
