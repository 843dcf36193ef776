import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { root } from '../../../scripts/setup/root.mjs';
import { N8nClient, owner, type SavedCredential } from '../../n8n/harness/index.mts';
import { type Sandbox, startSandbox } from '../../sandbox/index.mts';
import { launchChromium } from './chromium.mts';
import { Editor } from './editor.mts';

const pictures = join(root, 'reports', 'browser');

let launched: Promise<Browser> | undefined;
let window: Promise<Editor> | undefined;

/**
 * The browser of this process, for the tests of a file; of each test that fails, its pages are kept as
 * pictures. It ends with the process.
 */
export function useBrowser(): () => Browser {
	let browser: Browser | undefined;
	beforeAll(async () => {
		launched ??= launchChromium(inject('chromium'));
		browser = await launched;
	});
	afterEach(async ({ task }) => {
		if (task.result?.state !== 'fail') return;
		const pages = browser?.contexts().flatMap((context) => context.pages()) ?? [];
		await Promise.all(pages.map(async (page, index) => await keep(page, task.name, index)));
		await (await window)?.forgetUser();
	});
	return () => started(browser);
}

/** The editor in a window that all files of this process use; nothing in it moves for show. */
async function openWindow(browser: Browser): Promise<Editor> {
	const editor = await Editor.open(browser, inject('n8nUrl'), { reducedMotion: 'reduce' });
	const still = '*, ::before, ::after { transition: none !important; animation: none !important }';
	await editor.context.addInitScript((content) => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(content);
		document.adoptedStyleSheets = [sheet];
	}, still);
	return editor;
}

async function keep(page: Page, test: string, index: number): Promise<void> {
	await mkdir(pictures, { recursive: true });
	const file = join(pictures, `${test.replace(/[^\w]+/g, '-')}-${index + 1}.png`);
	await page.screenshot({ path: file });
	console.error(`What the browser showed: ${file}`);
}

/** The secret of the webhook in Voiso. */
export const WEBHOOK_SECRET = 'correct-horse-battery';

/** What the tests of the editor work with. */
export interface Workplace {
	editor: Editor;
	sandbox: Sandbox;
	client: N8nClient;
	/** For the sandbox, with a key of all scopes. */
	credential: SavedCredential;
	/** With the secret {@link WEBHOOK_SECRET}. */
	webhookCredential: SavedCredential;
}

/** The editor, and a sandbox and a credential for it of their own, for the tests of a file. */
export function useWorkplace(): () => Workplace {
	const browser = useBrowser();
	let place: Workplace | undefined;
	let sandbox: Sandbox | undefined;
	beforeAll(async () => {
		sandbox = await startSandbox();
		const client = new N8nClient(inject('n8nUrl'));
		await client.signIn(owner);
		const credential = await client.createCredential({
			name: `Voiso at ${new URL(sandbox.url).port}`,
			type: 'voisoApi',
			data: { clusterId: sandbox.url, apiKey: sandbox.apiKey },
		});
		const webhookCredential = await client.createCredential({
			name: `Voiso webhook at ${new URL(sandbox.url).port}`,
			type: 'voisoWebhookApi',
			data: { secret: WEBHOOK_SECRET },
		});
		window ??= openWindow(browser());
		place = { editor: await window, sandbox, client, credential, webhookCredential };
	});
	afterAll(async () => await sandbox?.close());
	return () => started(place);
}

function started<Value>(value: Value | undefined): Value {
	if (value === undefined) throw new Error('It is there only while tests run');
	return value;
}
