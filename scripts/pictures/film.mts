import type { CDPSession, Locator, Page } from 'playwright-core';
import { Editor } from '../../test/browser/harness/editor.mts';
import { type Frame, type Region, saveAnimation } from './images.mts';
import { importNode, prepareImport, type Stage } from './scenes.mts';

const size = { width: 1440, height: 810 };
/** What is shown of it, pixel for pixel, so that texts can be read in a README: the canvas, then the output. */
const views = {
	canvas: { left: 270, top: 130, width: 920, height: 560 },
	output: { left: 500, top: 30, width: 920, height: 560 },
};
/** Changes that follow each other faster share a picture, in ms. */
const SHORTEST = 100;
/** What is not held passes at this speed at least: a busy machine is not to be seen, in ms. */
const LONGEST = 30;

/** Films an import in the editor: run it, watch it, open the node, look at what was not created. */
export async function filmImport(stage: Stage, workflowId: string, file: string): Promise<void> {
	const editor = await Editor.open(stage.browser, stage.n8n.url, { viewport: size });
	const { page } = editor;
	await page.addInitScript(showPointer);
	await prepareImport(editor, workflowId);
	await editor.hideNotices();

	const film = await Film.start(page);
	await film.hold(700);
	await clickSlowly(page, editor.part('execute-workflow-button'));
	await page.mouse.move(size.width / 2, size.height - 200, { steps: 12 });
	await editor.node(importNode).getByTestId('canvas-node-status-success').waitFor();
	await film.hold(600);
	await clickSlowly(page, editor.node(importNode), 2);
	film.view = views.output;
	const output = editor.part('output-panel');
	await output.getByTestId('node-hint').first().waitFor();
	await output.locator('tbody tr').first().waitFor();
	await film.hold(2000);
	await clickSlowly(page, output.getByTestId('ndv-search'));
	await output.getByTestId('ndv-search').pressSequentially('invalid', { delay: 90 });
	await output.getByText('9 of 2500 items').waitFor();
	await film.hold(3000);
	await saveAnimation(file, await film.stop());
	await editor.close();
}

async function clickSlowly(page: Page, target: Locator, clickCount = 1): Promise<void> {
	const box = await target.boundingBox();
	if (!box) throw new Error('There is nothing to click');
	const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height / 2, 50)];
	await page.mouse.move(x, y, { steps: 15 });
	await page.mouse.click(x, y, { clickCount });
}

interface Shot {
	picture: Buffer;
	/** When it was taken, in ms. */
	at: number;
	/** For how long it is to show, in ms. */
	hold?: number;
	view: Region;
}

/** Records what a page shows, picture by picture as it changes. */
class Film {
	/** What is shown from now on. */
	view: Region = views.canvas;
	private readonly page: Page;
	private readonly session: CDPSession;
	private readonly shots: Shot[] = [];

	private constructor(page: Page, session: CDPSession) {
		this.page = page;
		this.session = session;
	}

	static async start(page: Page): Promise<Film> {
		const session = await page.context().newCDPSession(page);
		const film = new Film(page, session);
		session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
			const at = (metadata.timestamp ?? 0) * 1000;
			film.shots.push({ picture: Buffer.from(data, 'base64'), at, view: film.view });
			void session.send('Page.screencastFrameAck', { sessionId });
		});
		await session.send('Page.startScreencast', { format: 'png', everyNthFrame: 1 });
		return film;
	}

	/** Lets the page come to rest, and shows it for so many ms. */
	async hold(ms: number): Promise<void> {
		await this.page.waitForTimeout(1000);
		const last = this.shots.at(-1);
		if (last) last.hold = ms;
	}

	async stop(): Promise<Frame[]> {
		await this.session.send('Page.stopScreencast');
		const frames: Frame[] = [];
		for (const [index, { picture, at, hold, view }] of this.shots.entries()) {
			const next = this.shots[index + 1]?.at ?? at;
			const duration = hold ?? Math.min(LONGEST, next - at);
			const before = frames.at(-1);
			if (before && before.duration < SHORTEST) {
				Object.assign(before, { picture, view });
				before.duration += duration;
			} else {
				frames.push({ picture, duration, view });
			}
		}
		return frames;
	}
}

/** A headless browser shows no pointer, so the page draws one. */
function showPointer(): void {
	addEventListener('DOMContentLoaded', () => {
		const pointer = document.createElement('div');
		pointer.style.cssText =
			'position:fixed;left:-30px;top:0;width:18px;height:24px;z-index:99999;pointer-events:none;background:#111;clip-path:polygon(0 0,0 17px,4px 13px,7px 21px,10px 20px,7px 12px,13px 12px);filter:drop-shadow(0 0 1px #fff)';
		document.body.append(pointer);
		addEventListener(
			'mousemove',
			({ clientX, clientY }) => {
				pointer.style.left = `${clientX}px`;
				pointer.style.top = `${clientY}px`;
			},
			true,
		);
	});
}
