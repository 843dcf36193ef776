import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import axios from 'axios';
import { describe, expect, it, onTestFinished } from 'vitest';
import { switches } from '../../sandbox/options.mts';
import { start } from './support.mts';

const file = fileURLToPath(new URL('../../sandbox/cli.mts', import.meta.url));

function run(...args: string[]) {
	const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
	onTestFinished(() => void child.kill('SIGKILL'));
	return child;
}

async function outcome(child: ChildProcess) {
	const [[code], out, error] = await Promise.all([
		once(child, 'exit'),
		child.stdout ? text(child.stdout) : '',
		child.stderr ? text(child.stderr) : '',
	]);
	return { code, out, error };
}

describe('npm run sandbox', { timeout: 30_000 }, () => {
	it('starts a sandbox with the switches given, until it is ended', async () => {
		const child = run(
			'--port',
			'0',
			'--busy-status',
			'429',
			'--manage-implies-read',
			'--poison-numbers',
			'1',
			'--poison-numbers',
			'2',
		);
		const [chunk] = await once(child.stdout, 'data');
		const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk))?.[0];
		expect(String(chunk)).toContain('sandbox-full-access');
		const { data } = await axios.get(`${url}/_sandbox/options`);
		expect(data).toMatchObject({
			busyStatus: 429,
			manageImpliesRead: true,
			poisonNumbers: ['1', '2'],
			minimumInterval: 2000,
		});
		child.kill('SIGTERM');
		expect((await outcome(child)).code).toBe(0);
	});

	it('lists all switches', async () => {
		const { code, out } = await outcome(run('--help'));
		expect(code).toBe(0);
		for (const { about } of Object.values(switches)) expect(out).toContain(about);
		expect(out).toContain('--busy-retry-after none|seconds|date');
		expect(out).toContain('--port');
	});

	it.each([
		[['--busy-status', '500'], 'busyStatus'],
		[['--minimum-interval', 'soon'], 'minimumInterval'],
		[['--port', 'x'], 'port'],
		[['--nothing'], '--nothing'],
	])('says what is wrong with %j', async (args, expected) => {
		const { code, error } = await outcome(run(...args));
		expect(code).toBe(1);
		expect(error).toContain(expected);
		expect(error).not.toContain('    at ');
	});

	it('says when the port is in use', async () => {
		const { sandbox } = await start();
		const { code, error } = await outcome(run('--port', new URL(sandbox.url).port));
		expect([code, error]).toEqual([1, expect.stringContaining('is in use')]);
	});
});
