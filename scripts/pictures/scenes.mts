import type { Browser, Locator } from 'playwright-core';
import type { Editor } from '../../test/browser/harness/editor.mts';
import type { N8n } from '../../test/n8n/harness/index.mts';
import { apiKeys, type Sandbox } from '../../test/sandbox/index.mts';

/** What runs while the pictures are taken. */
export interface Stage {
	browser: Browser;
	n8n: N8n;
	sandbox: Sandbox;
}

/** The node of examples/import-leads.json that the pictures show. */
export const importNode = 'Add to campaign';

/** A new credential whose test has succeeded; it is not kept. */
export async function credentialPicture(editor: Editor, { n8n, sandbox }: Stage): Promise<Buffer> {
	await editor.page.goto('/home/credentials');
	await editor.part('add-resource-credential').click();
	await editor.part('new-credential-type-select').locator('input').fill('voiso');
	await editor.page.getByRole('option', { name: 'Voiso API' }).click();
	await editor.part('new-credential-type-button').click();
	const dialog = editor.part('editCredential-modal');
	const clusterId = dialog.getByTestId('parameter-input-clusterId').locator('input');
	await clusterId.fill(sandbox.url);
	await dialog.getByTestId('parameter-input-apiKey').locator('input').fill(sandbox.apiKey);
	await dialog.getByTestId('credential-save-button').click();
	await dialog.getByText('Connection tested successfully').waitFor();
	await editor.hideNotices();
	// A port of this machine says nothing to readers.
	await clusterId.evaluate((input) => ((input as HTMLInputElement).value = 'cc-ams03'));
	const picture = await settled(dialog, 600);
	for (const { id } of await n8n.client.request<{ id: string }[]>('GET', '/credentials'))
		await n8n.client.request('DELETE', `/credentials/${id}`);
	return picture;
}

/** The workflow alone, without the editor around it. */
export async function canvasPicture(editor: Editor, workflowId: string): Promise<Buffer> {
	const { page } = editor;
	await editor.openWorkflow(workflowId);
	await page.addStyleTag({ content: withoutControls });
	await editor.part('zoom-to-fit').evaluate((button) => (button as HTMLElement).click());
	const nodes = editor.part('canvas').locator('.vue-flow__node');
	await still(nodes.first());
	const boxes = await Promise.all(
		(await nodes.all()).map(async (node) => await node.boundingBox()),
	);
	const seen = boxes.filter((box) => box !== null);
	// Names are wider than their nodes.
	const margin = 75;
	const left = Math.min(...seen.map(({ x }) => x)) - margin;
	const top = Math.min(...seen.map(({ y }) => y)) - margin;
	const right = Math.max(...seen.map(({ x, width }) => x + width)) + margin;
	const bottom = Math.max(...seen.map(({ y, height }) => y + height)) + margin;
	const canvas = await editor.part('canvas-wrapper').boundingBox();
	if (!canvas) throw new Error('There is no canvas');
	const x = Math.max(left, canvas.x);
	const y = Math.max(top, canvas.y);
	const width = Math.min(right, canvas.x + canvas.width) - x;
	const height = Math.min(bottom, canvas.y + canvas.height) - y;
	return await page.screenshot({ clip: { x, y, width, height }, animations: 'disabled' });
}

/** Buttons over the canvas, and marks of credentials that an example does not bring along. */
const withoutControls = `
	[data-test-id="canvas-controls"], [data-test-id="node-issues"], [data-test-id="canvas-minimap"],
	[data-test-id="node-creator-plus-button"], [data-test-id="command-bar-button"],
	[data-test-id="add-sticky-button"], [data-test-id="toggle-focus-panel-button"],
	[data-test-id="instance-ai-canvas-action-button"], [data-test-id="radio-button-workflow"],
	[data-test-id^="execute-workflow-button"], div:has(> [role="radiogroup"]), .vue-flow__panel,
	[class*="executionButtons"] { visibility: hidden !important }
`;

/** The open list of campaigns. */
export async function campaignListPicture(editor: Editor, workflowId: string): Promise<Buffer> {
	await editor.openWorkflow(workflowId);
	await editor.openNode(importNode);
	await editor.choose('rlc-mode-selector', 'From list');
	await editor.openCampaignList();
	const panel = await editor.part('node-parameters').boundingBox();
	if (!panel) throw new Error('The node is not open');
	await still(editor.part('rlc-item').first());
	const { x, y, width } = panel;
	return await editor.page.screenshot({
		clip: { x, y, width, height: 472 },
		animations: 'disabled',
	});
}

/** The node after an import: its input, its parameters, the outcomes. */
export async function leadsPicture(editor: Editor, workflowId: string): Promise<Buffer> {
	await prepareImport(editor, workflowId);
	await runImport(editor);
	await editor.openNode(importNode);
	await editor.part('output-panel').getByTestId('node-hint').first().waitFor();
	await editor.hideNotices();
	return await settled(editor.part('ndv'));
}

/** Runs the example and waits for its end; without haste, as the editor works on for a moment. */
async function runImport(editor: Editor): Promise<void> {
	await editor.page.waitForTimeout(2000);
	await editor.part('execute-workflow-button').click();
	await editor.node(importNode).getByTestId('canvas-node-status-success').waitFor();
	await editor.page.waitForTimeout(2000);
}

/**
 * Opens the example's node once, as its list of fields is filled in then, and waits until that is
 * saved. Otherwise the editor would take it for a change since the run.
 */
export async function prepareImport(editor: Editor, workflowId: string): Promise<void> {
	await editor.openWorkflow(workflowId);
	const fields = editor.page.waitForResponse(/resource-mapper-fields/);
	await editor.openNode(importNode);
	await fields;
	await still(editor.part('node-parameters'));
	await editor.closeNode();
	let saved = '';
	while (!saved.includes('"canBeUsedToMatch"')) {
		await editor.page.waitForTimeout(500);
		saved = await (await editor.context.request.get(`/rest/workflows/${workflowId}`)).text();
	}
}

/** Two imports side by side, one of which does not keep to the pace. */
export async function sandboxPicture({ browser, sandbox }: Stage): Promise<Buffer> {
	sandbox.reset();
	sandbox.options.processingTime = 300;
	const send = async (campaign: number, from: number, count = 1000) => {
		const leads = Array.from({ length: count }, (_, index) => ({
			phone_number: String(447_900_000_000 + from + index),
		}));
		const headers = { authorization: `Bearer ${apiKeys.full}`, 'content-type': 'application/json' };
		const url = `${sandbox.url}/api/v4/campaigns/${campaign}/leads`;
		await fetch(url, { method: 'POST', headers, body: JSON.stringify(leads) });
	};
	const wait = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));
	const paced = async () => {
		for (const batch of [0, 1, 2, 3, 4]) {
			await send(3, batch * 990);
			if (batch < 4) await wait(2010);
		}
	};
	const careless = async () => {
		await wait(900);
		for (const [batch, pause] of [2010, 700, 1900, 2010, 0].entries()) {
			await send(6, batch * 500, 500);
			await wait(pause);
		}
	};
	await Promise.all([paced(), careless()]);
	const viewport = { width: 1340, height: 900 };
	const context = await browser.newContext({ viewport, deviceScaleFactor: 2 });
	const page = await context.newPage();
	await page.goto(sandbox.url);
	await page.getByRole('img', { name: /^Spring Sale:/ }).waitFor();
	const picture = await page.screenshot({ fullPage: true, animations: 'disabled' });
	await context.close();
	return picture;
}

/**
 * A picture of an element once it stands still.
 * @param height of what of it is to be seen, in px
 */
async function settled(element: Locator, height = Infinity): Promise<Buffer> {
	await still(element);
	const box = await element.boundingBox();
	if (!box) throw new Error('There is nothing to see');
	const clip = { ...box, height: Math.min(box.height, height) };
	return await element.page().screenshot({ clip, animations: 'disabled' });
}

/** Waits until an element has not moved for a moment. */
async function still(element: Locator): Promise<void> {
	await element.waitFor();
	await element.evaluate(
		async (node) =>
			await new Promise<void>((resolve) => {
				let [last, since] = ['', performance.now()];
				const look = () => {
					const { x, y, width, height } = node.getBoundingClientRect();
					const place = [x, y, width, height].join();
					if (place !== last) [last, since] = [place, performance.now()];
					if (performance.now() - since > 500) resolve();
					else requestAnimationFrame(look);
				};
				look();
			}),
	);
}
