import { afterAll, describe, expect, inject, test } from 'vitest';
import { shippedSchemas } from '../../n8n/shippedSchemas.mts';
import { useWorkplace } from '../harness/use.mts';
import { fromList, voisoNode, workflowOf } from '../harness/workflows.mts';

describe('the nodes in the editor', () => {
	const place = useWorkplace();

	test('are found by what they are for, and dropped onto the canvas', async () => {
		const { editor, credential } = place();
		await editor.newWorkflow();
		await editor.searchNodes('manual');
		await editor.addFoundNode('Manual Trigger');
		await editor.node('When clicking ‘Execute workflow’').waitFor();
		const drops = [
			['dialer', 'Voiso Leads', 'Add leads to campaign', 'Add: no campaign'],
			['agents', 'Voiso Campaign', 'Start a campaign', 'Start: no campaign'],
		] as const;
		for (const [word, type, action, subtitle] of drops) {
			await editor.searchNodes(word);
			await editor.addFoundNode(type, action);
			await editor.part('node-credentials-select').click();
			await editor.page.getByRole('option', { name: credential.name }).click();
			await editor.closeNode();
			await editor.part('canvas-node').getByText(subtitle, { exact: true }).waitFor();
		}
		await editor.saveNew();
	});

	test('show operation and campaign below their name', async () => {
		const { editor, client, credential } = place();
		const campaign = fromList(4, '○ Draft · Spring Sale (test) (4)');
		const subtitles = {
			'Stop Calling: Spring Sale (test)': { operation: 'deactivate', scope: 'campaign', campaign },
			'Stop Calling: all campaigns': { operation: 'deactivate', scope: 'allCampaigns' },
			'Add or Update: Renewals': {
				operation: 'upsert',
				campaign: { __rl: true, mode: 'name', value: 'Renewals' },
			},
			'Update: by expression': {
				operation: 'update',
				campaign: { __rl: true, mode: 'id', value: '={{ $json.campaign }}' },
			},
			'Pause: Spring Sale (test)': { operation: 'pause', campaign },
			'Get Many: campaigns': { operation: 'getAll' },
			'Sync users: 3': {
				resource: 'user',
				operation: 'sync',
				campaign: { __rl: true, mode: 'id', value: '3' },
			},
		};
		const nodes = Object.entries(subtitles).map(([subtitle, parameters], index) =>
			voisoNode(
				index < 4 ? 'voisoLeads' : 'voisoCampaign',
				credential,
				subtitle.replace(/\W/g, ''),
				parameters,
			),
		);
		const { id } = await client.createWorkflow(workflowOf('Subtitles', [{}], ...nodes));
		await editor.openWorkflow(id);
		for (const [index, subtitle] of Object.keys(subtitles).entries())
			await editor
				.node(nodes[index]?.name ?? '')
				.getByText(subtitle, { exact: true })
				.waitFor();
	});
});

// n8n 1 asks for none.
test.skipIf(process.env.N8N_VERSION?.startsWith('1.'))(
	'the editor gets the fields of every output before a first run',
	async () => {
		for (const { node, path, schema } of await shippedSchemas()) {
			const file = path === '' ? '1.0.0.json' : `1.0.0/${path}.json`;
			const response = await fetch(`${inject('n8nUrl')}/schemas/${node}/${file}`);
			expect(await response.json()).toEqual(schema);
		}
	},
);

describe('the icons', () => {
	const place = useWorkplace();

	afterAll(async () => await place().editor.page.emulateMedia({ colorScheme: null }));

	test.each(['light', 'dark'] as const)('are there in the %s theme', async (colorScheme) => {
		const { editor, client } = place();
		await editor.page.emulateMedia({ colorScheme });
		const { id } = await client.createWorkflow(workflowOf(`Icons, ${colorScheme}`, [{}]));
		await editor.openWorkflow(id);
		await editor.searchNodes('voiso');
		const icons = editor.part('node-creator').locator('img[src*="voiso"]');
		await icons.first().waitFor();
		for (const icon of await icons.all()) {
			const source = await icon.getAttribute('src');
			expect(source).toContain(colorScheme === 'dark' ? 'voiso.dark.svg' : 'voiso.svg');
			const width = () => icon.evaluate((image) => (image as HTMLImageElement).naturalWidth);
			await expect.poll(width).toBeGreaterThan(0);
		}
	});
});
