import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { GuardedCommand } from './guard.mts';

const guard = fileURLToPath(new URL('guard.mts', import.meta.url));

/** How long a program may take to end after SIGTERM before it is killed, in ms. */
const GRACE = 15_000;

export interface ProcessOptions extends Omit<GuardedCommand, 'remove'> {
	/** What messages call it, such as "n8n worker". */
	name: string;
	/** The whole environment; nothing is inherited. */
	env: Record<string, string>;
	cwd: string;
	/** Folders that are removed should this process be killed before it ended the program. */
	remove?: string[];
}

/** A program that runs beside the test and ends with it, even when the test process is killed. */
export interface ManagedProcess {
	readonly name: string;
	/** All it has printed so far. */
	output(): string;
	/** Whether it has not ended yet. */
	isRunning(): boolean;
	/** Asks it to end (SIGTERM) and waits; after 15 s it is killed. */
	stop(): Promise<void>;
	/** Ends it and its children at once (SIGKILL), as a crash does. */
	kill(): Promise<void>;
}

export function startProcess(options: ProcessOptions): ManagedProcess {
	const { name, command, args, env, cwd, remove = [], user } = options;
	const guarded: GuardedCommand = { command, args, remove, ...(user ? { user } : {}) };
	const child = spawn(process.execPath, [guard, JSON.stringify(guarded)], {
		cwd,
		env,
		detached: true,
		stdio: ['pipe', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (text: string) => (output += text));
	const ended = once(child, 'close');
	const isRunning = () => child.exitCode === null && child.signalCode === null;
	const kill = async () => {
		if (child.pid !== undefined) killGroup(child.pid);
		await ended;
	};
	const stop = async () => {
		if (isRunning()) child.kill('SIGTERM');
		const timeout = new AbortController();
		await Promise.race([
			ended,
			sleep(GRACE, undefined, { signal: timeout.signal }).catch(() => undefined),
		]);
		timeout.abort();
		// The program has ended, but children that it forgot are still in its group.
		await kill();
	};
	return { name, output: () => output, isRunning, stop, kill };
}

function killGroup(pid: number): void {
	try {
		process.kill(-pid, 'SIGKILL');
	} catch (error) {
		const gone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
		if (!gone) throw error;
	}
}

/**
 * Waits until `check` gives a value.
 * @param what is awaited, for the message
 * @param timeout in ms
 * @throws when the program ends first or it takes too long, with the last lines it printed
 */
export async function waitFor<Value>(
	program: ManagedProcess,
	what: string,
	timeout: number,
	check: () => Promise<Value | undefined>,
): Promise<Value> {
	const end = Date.now() + timeout;
	while (program.isRunning() && Date.now() < end) {
		const value = await check();
		if (value !== undefined) return value;
		await sleep(100);
	}
	const reason = program.isRunning()
		? `did not get to "${what}" within ${timeout / 1000} s`
		: `ended before "${what}"`;
	const lastLines = program.output().trimEnd().split('\n').slice(-40).join('\n');
	throw new Error(`${program.name} ${reason}. Its last lines:\n${lastLines}`);
}

/** A fresh folder that is removed when this process ends at the latest. */
export function temporaryFolder(prefix: string): { path: string; remove: () => void } {
	const path = mkdtempSync(join(tmpdir(), `${prefix}-`));
	const remove = () => {
		process.off('exit', remove);
		rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
	};
	process.once('exit', remove);
	return { path, remove };
}

/** A port of 127.0.0.1 that nothing listens on: the one asked for when it is free, else any. */
export async function freePort(wanted = 0): Promise<number> {
	const server = createServer();
	const listening = await new Promise<boolean>((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) =>
			wanted !== 0 && error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
		);
		server.listen(wanted, '127.0.0.1', () => resolve(true));
	});
	if (!listening) return await freePort();
	const address = server.address();
	server.close();
	await once(server, 'close');
	if (address === null || typeof address === 'string') throw new Error('No port was given');
	return address.port;
}
