// @ts-check
// The tests in n8n's engine: that of the development packages, or that of a whole n8n of another version
// N8N_VERSION=1.123.81 npm run test:engine [-- files]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureN8n } from './setup/n8n.mjs';
import { runMain } from './setup/progress.mjs';
import { root, toolEnv } from './setup/root.mjs';

runMain(async () => {
	const version = process.env['N8N_VERSION'];
	const engine = version ? { N8N_ENGINE_FOLDER: (await ensureN8n(version)).folder } : {};
	const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
	// n8n 1 evaluates expressions in one way only.
	const projects = version?.startsWith('1.')
		? ['engine', 'engine, expressions', 'engine, own process', 'engine, legacy']
		: ['engine*'];
	// They wait half of the time.
	const args = ['run', '--config', 'test/vitest.config.mts', '--maxWorkers', '2'];
	args.push(...projects.flatMap((project) => ['--project', project]));
	const { status } = spawnSync(process.execPath, [vitest, ...args, ...process.argv.slice(2)], {
		cwd: root,
		env: { ...toolEnv, ...engine },
		stdio: 'inherit',
	});
	return status ?? 1;
});
