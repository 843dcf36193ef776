import { parseArgs } from 'node:util';
import { ensureN8n } from '../setup/n8n.mjs';
import { runStep } from '../setup/progress.mjs';
import { root, toolEnv } from '../setup/root.mjs';
import { measureAll } from './figures.mts';
import { benchPlan } from './plan.mts';
import { circumstances, writeDocument } from './report/document.mts';
import { tables } from './report/tables.mts';
import { isOurs } from './contenders/job.mts';

const HELP = `What an import of leads costs: Voiso Leads beside what else one could do in n8n, in n8n's own
engine, against the sandbox. docs/benchmark.md explains the figures.

Usage: npm run bench [-- --quick | --targets]

  --quick   Fewer leads and short pauses: under two minutes rather than about 30. Writes nothing.
  --targets What has a target only: nothing at Voiso's own pace but its 20 batches, so that it takes a third
            of the time. Writes nothing.
  --help    This text

The whole benchmark writes its results into docs/benchmark.md and draws docs/benchmark.svg. It ends with
1 when something fails to run or Voiso Leads loses a lead, and with 0 whether or not targets are met.
`;

const { values } = parseArgs({
	options: {
		quick: { type: 'boolean', default: false },
		targets: { type: 'boolean', default: false },
		help: { type: 'boolean', default: false },
	},
});
if (values.help) {
	process.stdout.write(HELP);
} else {
	process.exitCode = await bench(values.quick, values.targets);
}

async function bench(quick: boolean, targetsOnly: boolean): Promise<number> {
	const { version, folder } = await ensureN8n();
	await runStep('Building the package', 'npm', ['run', 'build'], { cwd: root, env: toolEnv });
	const figures = await measureAll(benchPlan({ quick, targetsOnly }), folder, (line) => {
		console.log(line);
	});
	console.log(`\n${circumstances(version)}\n\n${tables(figures)}`);
	if (!quick && !targetsOnly) writeDocument(figures, version);
	const { comparison, processor, twenty, one, ten, memory } = figures;
	const lossy = [...comparison, ...processor, twenty, one, ten, ...memory].filter(
		({ contender, lost, leads, account }) =>
			isOurs(contender) && (lost > 0 || account.created !== leads),
	);
	for (const { leads, lost } of lossy) console.error(`Voiso Leads lost ${lost} of ${leads} leads`);
	return lossy.length > 0 ? 1 : 0;
}
