// Runs tests with one or more versions of n8n and writes what was run into README.md:
//
//   npm run compatibility -- 1.123.81 2.41.1
//   npm run compatibility -- --suites installation 2.20.12
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { runMain } from './setup/progress.mjs';
import { root, toolEnv } from './setup/root.mjs';

/** What was run with a version of n8n: one line of docs/compatibility.json. */
export interface Run {
	n8n: string;
	suite: Suite;
	/** Day, such as "2026-11-26". */
	date: string;
	passed: number;
	failed: number;
	skipped: number;
}

const suites = {
	'full n8n': ['test:n8n'],
	installation: [
		'test:n8n',
		...['installation', 'trigger'].map((name) => `test/n8n/${name}.test.mts`),
	],
	engine: ['test:engine'],
	editor: ['test:browser'],
} satisfies Record<string, string[]>;
type Suite = keyof typeof suites;

/** What the columns of the table are called. */
const titles: Record<Suite, string> = {
	'full n8n': 'In a full n8n',
	installation: 'Installation, import, triggers',
	engine: 'In n8n’s engine',
	editor: 'In the editor',
};

const recordFile = join(root, 'docs', 'compatibility.json');
export const readmeFile = join(root, 'README.md');

const TABLE = /(<!-- generated: compatibility -->\n)[^]*?(<!-- end -->)/;

/** The README with the table of what was run, the newest n8n first. */
export async function fillIn(readme: string, runs: readonly Run[]): Promise<string> {
	const columns = (Object.keys(titles) as Suite[]).filter((suite) =>
		runs.some((run) => run.suite === suite),
	);
	const versions = [...new Set(runs.map(({ n8n }) => n8n))].toSorted((a, b) =>
		b.localeCompare(a, 'en', { numeric: true }),
	);
	const cell = (n8n: string, suite: Suite) => {
		const run = runs.find((each) => each.n8n === n8n && each.suite === suite);
		if (!run) return '';
		const failed = run.failed > 0 ? `, ${run.failed} failed` : '';
		return `${run.passed} passed${failed} (${run.date})`;
	};
	const rows = [
		['n8n', ...columns.map((suite) => titles[suite])],
		['n8n', ...columns].map(() => '---'),
		...versions.map((n8n) => [n8n, ...columns.map((suite) => cell(n8n, suite))]),
	];
	const table = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
	const filled = readme.replace(
		TABLE,
		(_, start: string, end: string) => `${start}\n${table}\n\n${end}`,
	);
	return await format(filled, { ...(await resolveConfig(readmeFile)), parser: 'markdown' });
}

/** What was run so far. */
export async function readRuns(): Promise<Run[]> {
	return JSON.parse(await readFile(recordFile, 'utf8')) as Run[];
}

/** Runs one suite and counts. */
async function run(n8n: string, suite: Suite): Promise<Run> {
	const folder = await mkdtemp(join(tmpdir(), 'voiso-compatibility-'));
	try {
		const report = join(folder, 'report.json');
		const [script, ...files] = suites[suite];
		const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
		spawnSync('npm', ['run', '--silent', String(script), '--', ...files, ...reporters], {
			cwd: root,
			env: { ...toolEnv, N8N_VERSION: n8n },
			stdio: 'inherit',
		});
		if (!existsSync(report)) throw new Error(`${suite} with n8n ${n8n} did not come to its end`);
		const counts = JSON.parse(await readFile(report, 'utf8'));
		return {
			n8n,
			suite,
			date: new Date().toISOString().slice(0, 10),
			passed: counts.numPassedTests,
			failed: counts.numFailedTests,
			skipped: counts.numPendingTests + counts.numTodoTests,
		};
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

if (import.meta.main) {
	runMain(async () => {
		const { values, positionals } = parseArgs({
			allowPositionals: true,
			options: { suites: { type: 'string', default: 'full n8n,engine' } },
		});
		const chosen = values.suites.split(',').map((name) => name.trim());
		for (const n8n of positionals) {
			for (const suite of chosen) {
				if (!(suite in suites))
					throw new Error(`There is no suite "${suite}": ${Object.keys(suites).join(', ')}`);
				const latest = await run(n8n, suite as Suite);
				const others = (await readRuns()).filter(
					(each) => each.n8n !== n8n || each.suite !== suite,
				);
				const runs = [...others, latest];
				await writeFile(recordFile, `${JSON.stringify(runs, null, '\t')}\n`);
				await writeFile(readmeFile, await fillIn(await readFile(readmeFile, 'utf8'), runs));
			}
		}
	});
}
