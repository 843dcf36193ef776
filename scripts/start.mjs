// @ts-check
// Shows the package at work: npm start
import { runMain } from './setup/progress.mjs';
import { underProjectNode } from './setup/root.mjs';

const usage = `npm start [-- --once]

Starts a real n8n with this package installed and a stand-in for Voiso, imports examples/leads.csv into
a campaign, shows what became of every lead and leaves the editor running until Ctrl-C.

  --once   end after the import; the status is 0 only when it went as it should
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
