import {
	type Browser,
	type BrowserContext,
	type BrowserContextOptions,
	type Locator,
	type Page,
	selectors,
} from 'playwright-core';
import { expect } from 'vitest';
import { owner, type SavedCredential } from '../../n8n/harness/index.mts';

selectors.setTestIdAttribute('data-test-id');

/** How long one step in the editor may take on a busy machine, in ms. */
const PATIENCE = 45_000;

const isN8n1 = process.env.N8N_VERSION?.startsWith('1.') === true;

/** What an open node shows. */
interface ShownForm {
	/** Labels in the order in which they stand, those of its Settings not among them. */
	labels: string[];
	/** Name of the parameter → the text in its field, or whether it is on. */
	values: Record<string, string | boolean>;
	/** Of each collection, such as Options: what can be added. */
	collections: string[][];
	/** Of each field for a credential: the name of the chosen one, empty when there is none. */
	credentials: string[];
	/** All that can be read. */
	text: string;
}

/** What the editor keeps of a workflow. */
interface WorkflowStore {
	updateNodeProperties?(change: { name: string; properties: object }): void;
	/** In n8n 1, of the open workflow. */
	workflow?: { nodes: { name: string }[] };
}

declare global {
	interface Element {
		/** What Vue calls an app, with its stores by name. */
		__vue_app__?: {
			config: { globalProperties: { $pinia: { _s: Map<string, WorkflowStore> } } };
		};
	}
}

/** n8n's editor in a browser, as its user handles it. */
export class Editor {
	readonly context: BrowserContext;
	readonly page: Page;
	/** The workflow that is open, empty on another page; not defined where the editor has to be loaded. */
	private workflow: string | undefined;

	private constructor(context: BrowserContext, page: Page) {
		this.context = context;
		this.page = page;
	}

	/**
	 * Opens a window in which the owner is signed in.
	 * @param url of n8n
	 */
	static async open(
		browser: Browser,
		url: string,
		options: BrowserContextOptions = {},
	): Promise<Editor> {
		const viewport = { width: 1400, height: 900 };
		const context = await browser.newContext({ baseURL: url, viewport, ...options });
		context.setDefaultTimeout(PATIENCE);
		const data = { emailOrLdapLoginId: owner.email, email: owner.email, password: owner.password };
		const answer = await context.request.post('/rest/login', { data });
		if (!answer.ok()) throw new Error(`Sign-in failed: ${answer.status()} ${await answer.text()}`);
		return new Editor(context, await context.newPage());
	}

	/** What has this test ID, within the open node when there is one. */
	part(testId: string): Locator {
		return this.page.getByTestId(testId);
	}

	/**
	 * Opens a page of n8n: from another one as by a link, which takes a fraction of the time that loading the
	 * editor takes. n8n 1 would ask whether to save what was open.
	 */
	async goto(path: string): Promise<void> {
		if (this.workflow === undefined || isN8n1) await this.page.goto(path);
		else await this.followLink(path);
		this.workflow = '';
	}

	/** Opens a workflow that has nodes. */
	async openWorkflow(id: string): Promise<void> {
		if (this.workflow === id) {
			await this.goto('/home/workflows');
			const left = this.page.locator('body:not(:has([data-test-id="canvas-node"]))');
			// The editor may not know yet that all is saved.
			const asks = this.page.getByText('Save changes before leaving?');
			await left.or(asks).first().waitFor();
			if (await asks.isVisible()) this.startAfresh();
		}
		await this.goto(`/workflow/${id}`);
		await this.page.locator('[data-test-id="canvas-node"]:not([data-earlier])').first().waitFor();
		this.workflow = id;
	}

	private async followLink(path: string): Promise<void> {
		await this.page.evaluate((target) => {
			for (const node of Array.from(document.querySelectorAll('[data-test-id="canvas-node"]')))
				node.setAttribute('data-earlier', '');
			history.pushState({}, '', target);
			dispatchEvent(new PopStateEvent('popstate', { state: {} }));
		}, path);
	}

	/** The editor is loaded again for the next workflow. */
	startAfresh(): void {
		this.workflow = undefined;
	}

	/** What the editor remembers of its user, such as how data is shown, is forgotten. */
	async forgetUser(): Promise<void> {
		if (this.page.url() !== 'about:blank')
			await this.page.evaluate(() => {
				localStorage.clear();
				sessionStorage.clear();
			});
		this.startAfresh();
	}

	/** Opens a workflow without nodes; when it is left unsaved, the editor asks. */
	async newWorkflow(): Promise<void> {
		this.startAfresh();
		await this.goto('/workflow/new');
		await this.part('node-creator-plus-button').waitFor();
	}

	/** Saves the open workflow, as newer versions of n8n do by themselves after a while. */
	async save(): Promise<void> {
		await this.page.keyboard.press('Control+s');
	}

	/** Saves a new workflow; the next one can then be opened. */
	async saveNew(): Promise<void> {
		await this.save();
		await this.page.waitForURL(/\/workflow\/(?!new)/);
	}

	/** Makes the triggers of the open workflow work: n8n 2 calls it *Publish*, n8n 1 has a switch. */
	async activate(): Promise<void> {
		const publish = this.part('workflow-open-publish-modal-button');
		const toggle = this.part('workflow-activate-switch');
		await publish.or(toggle).first().waitFor();
		if ((await toggle.count()) > 0) return await toggle.click();
		await publish.click();
		await this.part('workflow-publish-button').click();
	}

	/** The node on the canvas. */
	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Opens the list of nodes and searches it. */
	async searchNodes(text: string): Promise<void> {
		await this.part('node-creator-plus-button').click();
		await this.part('node-creator-search-bar').fill(text);
	}

	/** Adds the node that the search has found, with one of its actions when it has any. */
	async addFoundNode(name: string, action?: string): Promise<void> {
		await this.part('node-creator-item-name').getByText(name, { exact: true }).click();
		if (action !== undefined)
			await this.part('node-creator').getByText(action, { exact: true }).click();
	}

	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.part('node-parameters').waitFor();
	}

	async closeNode(): Promise<void> {
		// n8n 1 has a link instead of a button.
		await this.part('ndv-close-button').or(this.part('back-to-canvas')).first().click();
		await this.part('ndv').waitFor({ state: 'hidden' });
	}

	/** The open list of options: by the attribute, since to compute all roles of the page takes long. */
	private options(): Locator {
		return this.page.locator('[role="option"]').filter({ visible: true });
	}

	/** Chooses in a list of options of the open node. */
	async choose(parameter: string, option: string): Promise<void> {
		// Where several can be chosen, the first input is a disabled one.
		await this.part(parameter).locator('input:enabled').first().click();
		await this.options().getByText(option, { exact: true }).click();
	}

	/** What is chosen in a list of options of the open node. */
	async chosen(parameter: string): Promise<string> {
		return await this.part(parameter).locator('input').first().inputValue();
	}

	/** Turns a switch of the open node on or off. */
	async turn(parameter: string, on: boolean): Promise<void> {
		const toggle = this.part(parameter);
		const isOn = async () =>
			(await toggle.getByRole('switch').getAttribute('aria-checked')) === 'true';
		if ((await isOn()) !== on) await toggle.click();
	}

	/** What the open node shows, all in one look: each costs processor time. */
	async form(): Promise<ShownForm> {
		return await this.page.evaluate(() => {
			const all = (selector: string, inside: ParentNode | null = document) =>
				Array.from(inside?.querySelectorAll<HTMLElement>(selector) ?? []);
			const isSeen = (element: HTMLElement) =>
				element.checkVisibility({ visibilityProperty: true }) && element.offsetWidth > 0;
			const node = document.querySelector<HTMLElement>('[data-test-id="node-parameters"]');
			const values = all('[data-test-id^="parameter-input-"]').map((parameter) => {
				const name = parameter.dataset['testId']?.replace('parameter-input-', '') ?? '';
				const isOn = parameter.querySelector('[role="switch"]')?.getAttribute('aria-checked');
				return [name, isOn ? isOn === 'true' : (parameter.querySelector('input')?.value ?? '')];
			});
			// n8n 1 gives no test ID there.
			const adds = '[data-test-id="collection-parameter-add"], .collection-parameter .add-option';
			return {
				labels: all('[data-test-id="input-label"]', node)
					.filter(isSeen)
					.map((label) => label.innerText.split('\n', 1).join('').trim()),
				values: Object.fromEntries(values) as Record<string, string | boolean>,
				// A list is there before it is opened.
				collections: all(adds)
					.filter(isSeen)
					.map((add) => add.querySelector('input')?.getAttribute('aria-controls') ?? '')
					.map((id) => all('[role="option"]', document.getElementById(id)))
					.map((options) => options.map((option) => option.textContent.trim())),
				credentials: all('[data-test-id="node-credentials-select"]')
					.filter(isSeen)
					.map((select) => select.querySelector('input')?.value ?? ''),
				text: node?.innerText ?? '',
			};
		});
	}

	/** The labels that the open node shows, those of its Settings not among them. */
	async labels(): Promise<string[]> {
		return (await this.form()).labels;
	}

	/** Opens a collection of the open node, such as its Options, and says what can be added to it. */
	async openCollection(index: number): Promise<string[]> {
		// n8n 1 gives no test ID there.
		const older = this.page.locator('.collection-parameter .add-option');
		const adds = this.part('collection-parameter-add').or(older).filter({ visible: true });
		const input = adds.nth(index).locator('input');
		const isOpen = async () => (await input.getAttribute('aria-expanded')) === 'true';
		await input.click();
		const options = this.options();
		await options.first().waitFor();
		const texts = await options.allInnerTexts();
		// A list that is still opening ignores Escape; pressed once too often, it closes the node.
		const close = async () => {
			if (await isOpen()) await input.press('Escape');
			return isOpen();
		};
		await expect.poll(close).toBe(false);
		await options.first().waitFor({ state: 'hidden' });
		return texts;
	}

	/**
	 * Gives a node of the open workflow these credentials instead of what it has, in the editor's own memory: a
	 * fraction of the work of choosing them.
	 */
	async giveCredentials(name: string, credentials: SavedCredential[]): Promise<void> {
		const given = Object.fromEntries(
			credentials.map((credential) => [
				credential.type,
				{ id: credential.id, name: credential.name },
			]),
		);
		await this.page.evaluate(
			({ change, workflow }) => {
				const stores = document.querySelector('#app')?.__vue_app__?.config.globalProperties.$pinia;
				const newer = stores?._s.get(`workflowDocuments/${workflow}@latest`);
				if (newer?.updateNodeProperties) return newer.updateNodeProperties(change);
				const nodes = stores?._s.get('workflows')?.workflow?.nodes;
				Object.assign(nodes?.find((node) => node.name === change.name) ?? {}, change.properties);
			},
			{ change: { name, properties: { credentials: given } }, workflow: this.workflow },
		);
	}

	/** Opens the list of campaigns. */
	async openCampaignList(): Promise<Locator> {
		await this.part('resource-locator-campaign').getByTestId('rlc-input').click();
		const entries = this.part('rlc-item');
		await entries.first().waitFor();
		return entries;
	}

	/** Searches the open list of campaigns. */
	async searchCampaigns(text: string): Promise<void> {
		const inside = this.part('rlc-search').locator('input');
		await this.page.locator('input[data-test-id="rlc-search"]').or(inside).fill(text);
	}

	/** Drags a field of the input onto a parameter. */
	async mapField(field: string, parameter: string): Promise<void> {
		const row = this.part('ndv-input-panel')
			.getByTestId('run-data-schema-item')
			.filter({ hasText: field });
		const target = this.part(parameter);
		await target.scrollIntoViewIfNeeded();
		await row.locator('[data-target="mappable"]').hover();
		await this.page.mouse.down();
		const box = await target.boundingBox();
		if (!box) throw new Error(`${parameter} is not to be seen`);
		// The editor takes it for a drag only when the pointer moves on the way.
		const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
		await this.page.mouse.move(x - 20, y - 5, { steps: 5 });
		await this.page.mouse.move(x, y, { steps: 5 });
		await this.page.mouse.up();
		await target.getByText(`$json`).waitFor();
	}

	/** Runs the open node and waits for what it puts out: items or an error. */
	async executeNode(): Promise<Locator> {
		const answer = this.page.waitForResponse(/\/rest\/workflows\/[^/]+\/run/);
		await this.part('node-execute-button').click();
		await answer;
		const output = this.part('output-panel');
		await output
			.getByTestId('node-run-info')
			.or(output.getByTestId('node-run-info-stale'))
			.waitFor();
		return output;
	}

	/** The table of the output, cell by cell. */
	async outputRows(): Promise<string[][]> {
		const table = this.part('output-panel').locator('tbody tr');
		await table.first().waitFor();
		const rows = await table.all();
		return await Promise.all(
			rows.map(async (row) => {
				const cells = await row.locator('td').allInnerTexts();
				return cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
			}),
		);
	}

	/** Takes the editor's notices, such as "Credential created", off the screen. */
	async hideNotices(): Promise<void> {
		await this.page.addStyleTag({ content: '.el-notification { display: none !important }' });
	}

	async close(): Promise<void> {
		await this.context.close();
	}
}
