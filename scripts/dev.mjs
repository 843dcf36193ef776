// @ts-check
// The nodes in a real n8n that loads them again when you save a file: npm run dev
import { runMain } from './setup/progress.mjs';
import { underProjectNode } from './setup/root.mjs';

runMain(async () => {
	await underProjectNode(import.meta.url);
	const { develop } = await import('./dev/develop.mts');
	await develop();
});
