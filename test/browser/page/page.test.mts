import { createRequire } from 'node:module';
import type { AxeResults, default as Axe } from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/index.mts';
import { useBrowser } from '../harness/use.mts';

const axeFile = createRequire(import.meta.url).resolve('axe-core');

declare global {
	interface Window {
		axe: typeof Axe;
	}
}

describe('the page of the sandbox', () => {
	const browser = useBrowser();
	let sandbox: Sandbox;
	let page: Page;

	beforeEach(async () => {
		sandbox = await startSandbox({ processingTime: 0 });
	});

	afterEach(async () => {
		await page.context().close();
		await sandbox.close();
	});

	async function open(
		options: Pick<BrowserContextOptions, 'colorScheme' | 'bypassCSP' | 'viewport'> = {},
	): Promise<void> {
		const context = await browser().newContext(options);
		page = await context.newPage();
		await page.clock.install();
		await page.goto(sandbox.url);
		await page.getByRole('rowheader', { name: 'Spring Sale', exact: true }).first().waitFor();
	}

	/** Sends `count` leads to a campaign; those of an earlier `from` are there already. */
	async function send(campaign: number, count: number, from = 0): Promise<number> {
		const leads = Array.from({ length: count }, (_, index) => ({
			phone_number: String(447_900_000_000 + from + index),
		}));
		const { status } = await fetch(`${sandbox.url}/api/v4/campaigns/${campaign}/leads`, {
			method: 'POST',
			headers: { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/json' },
			body: JSON.stringify(leads),
		});
		return status;
	}

	const lane = (name: string) => page.getByRole('img', { name: new RegExp(`^${name}:`) });

	test('shows lead requests as they come, with the gaps between them and their results', async () => {
		await open();
		await page.getByText('No lead requests yet').waitFor();
		sandbox.options.minimumInterval = 300;
		expect(await send(3, 10)).toBe(200);
		await lane('Spring Sale').waitFor();
		await expect.poll(() => send(3, 5, 8)).toBe(200);
		await page.getByRole('row', { name: 'Spring Sale 3 active yes 3 13 0 13 2 0 0 0' }).waitFor();
		const [, next] = sandbox.report().campaigns[3]?.leadRequests ?? [];
		expect(next).toBeDefined();
		const label = await lane('Spring Sale').getAttribute('aria-label');
		expect(label).toContain('smallest gap 0.');
	});

	test('says in words which requests came too early or overlapped', async () => {
		await open();
		expect(await send(3, 10)).toBe(200);
		expect(await send(3, 10)).toBe(409);
		const summary = 'Spring Sale 2 requests, 20 leads; smallest gap';
		await page.getByText(summary).waitFor();
		await lane('Spring Sale').getByText('! early').waitFor();
		await page.getByText('! 1 lead request too early or overlapping').waitFor();
		await page.getByText('Spring Sale, request 2: too early').waitFor();

		sandbox.options.processingTime = 60_000;
		void send(6, 10).catch(() => undefined);
		await lane('Renewals UK').waitFor();
		expect(await send(6, 10)).toBe(409);
		await lane('Renewals UK').getByText('! overlap').waitFor();

		await page.getByText('Renewals UK: requests as a table').click();
		const table = page.getByRole('table', { name: 'Lead requests of Renewals UK' });
		await table.getByRole('row', { name: /in progress/ }).waitFor();
		await table.getByRole('row', { name: /rejected \(busy\) .*too early, overlapping$/ }).waitFor();
	});

	test('keeps an open table open while news come, and stands still when told to', async () => {
		await open();
		sandbox.options.minimumInterval = 0;
		await send(3, 10);
		await page.getByText('Spring Sale: requests as a table').click();
		const rows = page.getByRole('table', { name: 'Lead requests of Spring Sale' }).getByRole('row');
		await expect.poll(() => rows.count()).toBe(2);
		await send(3, 10, 10);
		await expect.poll(() => rows.count()).toBe(3);

		const pause = page.getByRole('button', { name: 'Pause updates' });
		await pause.click();
		expect(await pause.getAttribute('aria-pressed')).toBe('true');
		await send(3, 10, 20);
		const asked: string[] = [];
		page.on('request', (request) => asked.push(request.url()));
		await page.clock.runFor(10_000);
		expect(asked).toEqual([]);
		await pause.click();
		await expect.poll(() => rows.count()).toBe(4);
	});

	test('has room for hundreds of requests, and its timeline is moved by keys', async () => {
		await open();
		sandbox.options.minimumInterval = 0;
		for (let index = 0; index < 400; index++) expect(await send(3, 1, index)).toBe(200);
		await page.getByText('Spring Sale 400 requests, 400 leads').waitFor();
		await page.getByText('Spring Sale: requests as a table').click();
		const caption = 'Lead requests of Spring Sale, the latest 300 of 400';
		const table = page.getByRole('table', { name: caption });
		expect(await table.getByRole('row').count()).toBe(301);
		await table.getByRole('row', { name: /^400 / }).waitFor();

		// The timeline is wider than this window.
		await page.setViewportSize({ width: 200, height: 700 });
		const region = page.getByRole('region', { name: 'Timeline of the lead requests' });
		await region.focus();
		const place = () => region.evaluate((element) => element.scrollLeft);
		await region.evaluate((element) => (element.scrollLeft = 0));
		const moved = async () => {
			await page.keyboard.press('ArrowRight');
			return place();
		};
		await expect.poll(moved).toBeGreaterThan(0);
	});

	test('says so when the sandbox has ended', async () => {
		await open();
		await page.getByText('All requests kept to the rules').waitFor();
		await sandbox.close();
		await page.getByText('The sandbox doesn’t respond').waitFor();
	});

	test('names the requests that the API does not allow', async () => {
		await open();
		const headers = { authorization: `Bearer ${sandbox.apiKey}` };
		await fetch(`${sandbox.url}/api/v4/campaigns?page=2`, { headers });
		const problems = page.getByRole('status');
		await problems.getByText('! 1 request that the API doesn’t allow').waitFor();
		await problems.getByText('GET /api/v4/campaigns?page=2: 400 Bad Request').waitFor();
	});

	test('shows calls and their results as they come', async () => {
		await open();
		await page.getByText('The dialer is off.').waitFor();
		Object.assign(sandbox.options, { minimumInterval: 0, reachedShare: 1, dial: 1000 });
		await send(3, 5);
		await page.getByRole('row', { name: 'Spring Sale auto paused 5 5 0 5 0 0 0 0' }).waitFor();
		await page.getByText('The dialer places 1,000 calls a second').waitFor();
		const calls = page.getByRole('table', { name: 'The latest 5 of 5 calls' });
		const [latest] = await calls.getByRole('row', { name: /^5 Spring Sale / }).all();
		const recording = latest?.getByRole('link', { name: 'Listen' });
		const audio = await fetch((await recording?.getAttribute('href')) ?? '');
		expect(audio.headers.get('content-type')).toBe('audio/wav');
	});

	/** Elements that are wider than there is room for them, but for the timeline, which is as long as time. */
	const cut = async () =>
		await page.evaluate(() =>
			Array.from(document.querySelectorAll('html, body *'))
				.filter((element) => element.closest('#timeline, .definitions') === null)
				.filter((element) => element.scrollWidth > element.clientWidth + 1)
				.filter((element) => getComputedStyle(element).display !== 'inline')
				.map((element) => `${element.tagName} ${element.id} ${element.className}`),
		);

	test.each(
		(['light', 'dark'] as const).flatMap((colorScheme) =>
			[1280, 768, 375, 320].map((width) => ({ colorScheme, width })),
		),
	)('is accessible and nothing is cut: $colorScheme, $width px', async ({ colorScheme, width }) => {
		await send(3, 10);
		await send(3, 10);
		await fetch(`${sandbox.url}/api/v4/nothing?${'long'.repeat(100)}`);
		sandbox.dial(12);
		await open({ bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
		await page.getByText('Spring Sale: requests as a table').click();
		expect(await cut()).toEqual([]);
		await page.addScriptTag({ path: axeFile });
		const { violations, passes }: AxeResults = await page.evaluate(() =>
			window.axe.run({ resultTypes: ['violations'] }),
		);
		expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
		expect(passes.map(({ id }) => id)).toContain('color-contrast');
	});
});
