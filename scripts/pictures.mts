// Makes docs/pictures from the real editor and the sandbox's page: npm run pictures
// Only some of them, by their names without ending: npm run pictures -- loop daily-report
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureChromium, launchChromium } from '../test/browser/harness/chromium.mts';
import { Editor } from '../test/browser/harness/editor.mts';
import { exampleFiles, importExample, importWorkflow } from '../test/n8n/examples.mts';
import { packPackage, startN8n, temporaryFolder } from '../test/n8n/harness/index.mts';
import { startSandbox } from '../test/sandbox/index.mts';
import { leadsFile } from './make-leads.mts';
import { filmImport } from './pictures/film.mts';
import { saveDrawing, savePicture } from './pictures/images.mts';
import { loopPicture } from './pictures/loop.mts';
import {
	type Stage,
	campaignListPicture,
	canvasPicture,
	credentialPicture,
	leadsPicture,
	sandboxPicture,
} from './pictures/scenes.mts';
import { ensureN8n } from './setup/n8n.mjs';
import { runMain, runStep, withProgress } from './setup/progress.mjs';
import { root, toolEnv } from './setup/root.mjs';

const folder = join(root, 'docs', 'pictures');
/** What all pictures together may take, in bytes: everybody who clones the repository gets them. */
const MOST = 4_000_000;

const names = process.argv.slice(2);
const isWanted = (name: string) => names.length === 0 || names.includes(name);

runMain(async () => {
	if (names.length === 0) await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	if (isWanted('loop')) await saveDrawing(join(folder, 'loop.png'), loopPicture());
	if (names.some((name) => name !== 'loop') || names.length === 0) await takeAll();
	return await reportSizes();
});

/** Starts all that is to be seen, and takes its pictures. */
async function takeAll(): Promise<void> {
	await ensureN8n();
	const chromium = await ensureChromium();
	await runStep('Building the package', 'npm', ['run', 'build'], { cwd: root, env: toolEnv });
	const packed = temporaryFolder('voiso-package');
	const tarball = await packPackage(packed.path);
	const sandbox = await startSandbox();
	const n8n = await withProgress('Starting n8n', () =>
		startN8n({ tarball, files: [leadsFile], editor: true }),
	);
	const browser = await launchChromium(chromium);
	try {
		await withProgress('Taking pictures', async () => await take({ browser, n8n, sandbox }));
	} finally {
		await browser.close();
		await n8n.close();
		await sandbox.close();
		packed.remove();
	}
}

async function take(stage: Stage): Promise<void> {
	const { browser, n8n, sandbox } = stage;
	const save = async (name: string, picture: () => Promise<Buffer>) => {
		if (isWanted(name)) await savePicture(join(folder, `${name}.png`), await picture());
	};

	const sharp = await Editor.open(browser, n8n.url, { deviceScaleFactor: 2 });
	await save('credential', async () => await credentialPicture(sharp, stage));
	const credential = await n8n.client.createCredential({
		name: 'Voiso API',
		type: 'voisoApi',
		data: { clusterId: sandbox.url, apiKey: sandbox.apiKey },
	});
	// Each picture has a workflow of its own, as n8n lets one window at a time change a workflow.
	const workflow = async (file = importWorkflow) =>
		(await importExample(n8n.client, file, [credential])).id;
	for (const file of exampleFiles()) {
		const name = file.replace(/\.json$/, '');
		await save(name, async () => await canvasPicture(sharp, await workflow(file)));
	}
	await save('campaign-list', async () => await campaignListPicture(sharp, await workflow()));
	await save('leads', async () => await leadsPicture(sharp, await workflow()));
	await sharp.close();

	await save('sandbox', async () => await sandboxPicture(stage));
	if (!isWanted('import')) return;
	sandbox.reset();
	await filmImport(stage, await workflow(), join(folder, 'import.webp'));
}

/** @returns the exit status: 1 when the pictures are too large */
async function reportSizes(): Promise<number> {
	let total = 0;
	for (const name of (await readdir(folder)).toSorted()) {
		const { size } = await stat(join(folder, name));
		total += size;
		console.log(`${name.padEnd(40)} ${Math.ceil(size / 1000)} kB`);
	}
	console.log(`${'in all'.padEnd(40)} ${Math.ceil(total / 1000)} kB`);
	if (total <= MOST) return 0;
	console.error(`The pictures are larger than ${MOST / 1_000_000} MB together.`);
	return 1;
}
