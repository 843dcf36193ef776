// @ts-check
// Shows the package at work: npm start
import { runMain } from './setup/progress.mjs';
import { underProjectNode } from './setup/root.mjs';

const usage = `npm start [-- --once]

Starts n8n with this package and a mock server of the Voiso API (sandbox). Imports examples/leads.csv into
a campaign, lets the sandbox call some of the leads, shows the results of both, and keeps the editor
running until Ctrl+C.

  --once   stop after that; the exit status is 0 only if everything went right
  --help   show this

What is missing is installed first: the development packages here, n8n itself in a cache folder.
  N8N_VERSION             another version of n8n, such as 1.123.81
  N8N_NODES_VOISO_CACHE   another cache folder (default: n8n-nodes-voiso in ~/.cache)
`;

runMain(async () => {
	const args = process.argv.slice(2);
	const unknown = args.find((arg) => !['--once', '--help', '-h'].includes(arg));
	if (unknown !== undefined || args.includes('--help') || args.includes('-h')) {
		console.log(unknown === undefined ? usage : `Unknown option ${unknown}\n\n${usage}`);
		return unknown === undefined ? 0 : 1;
	}
	await underProjectNode(import.meta.url);
	const { start } = await import('./start/start.mts');
	return await start({ once: args.includes('--once') });
});
