import { randomBytes } from 'node:crypto';
import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ensureN8n } from '../../../scripts/setup/n8n.mjs';
import { N8nClient } from './client.mts';
import { n8nEnvironment, noEditor, type Place } from './environment.mts';
import { installPackage, recordPackage } from './package.mts';
import { databaseIn, ENCRYPTION_KEY, owner, prepare, provideDatabase } from './prepared.mts';
import {
	freePort,
	type ManagedProcess,
	startProcess,
	temporaryFolder,
	waitFor,
} from './processes.mts';

export * from './client.mts';
export * from './types.mts';
export * from './execution.mts';
export { packPackage } from '../../../scripts/setup/pack.mjs';
export { owner } from './prepared.mts';
export { codeNodes, quickIsolates } from './environment.mts';
export { freePort, temporaryFolder } from './processes.mts';

/** How long n8n may take to start, in ms; a fresh one makes some 200 database migrations. */
const START_TIMEOUT = 120_000;

export interface N8nOptions {
	/** Packed community package to install, from `packPackage`. */
	tarball?: string;
	/** Files to put into the folder that n8n lets its nodes read, `~/.n8n-files`. */
	files?: string[];
	/** Port to use when it is free; otherwise, and by default, any free one. */
	port?: number;
	/** n8n's version; `$N8N_VERSION` or the default one when not given. */
	version?: string;
	/** Further environment variables of n8n, for example for another database. */
	env?: Record<string, string>;
	/** Whether it has an editor, which takes a third of its start to make; not by default. */
	editor?: boolean;
	/**
	 * Starts as an n8n that was just installed, which makes its database and the owner's account. Otherwise
	 * these are there already, which saves some seconds; not so with another database than SQLite.
	 */
	fresh?: boolean;
	/** The same key for all processes of a queue; a fresh one by default. */
	encryptionKey?: string;
	/** `worker` runs executions from the queue and has no editor. */
	command?: 'start' | 'worker';
}

/** A running n8n in a folder of its own. */
export interface N8n {
	/** Of the editor and the REST interface, without a slash at the end. */
	readonly url: string;
	/** n8n's user folder and home. */
	readonly folder: string;
	readonly encryptionKey: string;
	readonly version: string;
	/** Signed in as the owner; a worker has no REST interface to use it with. */
	readonly client: N8nClient;
	/** All that n8n has printed since its first start. */
	logs(): string;
	/** Ends n8n properly. Its folder stays. */
	stop(): Promise<void>;
	/** Ends n8n as a crash does. Its folder stays. */
	kill(): Promise<void>;
	/**
	 * Starts it again on the same folder and port.
	 * @param changes environment variables that are different from now on
	 */
	restart(changes?: Record<string, string>): Promise<void>;
	/** Ends n8n at once and removes its folder. */
	close(): Promise<void>;
}

/**
 * Starts the real n8n on a free port of 127.0.0.1 and waits until it can be used: the owner's account
 * is made, the client is signed in, the package is installed and its nodes are loaded.
 * @throws when it does not start, with the last lines that it printed
 */
export async function startN8n(options: N8nOptions = {}): Promise<N8n> {
	const { command = 'start', tarball, files = [], editor = false } = options;
	let env: Record<string, string> = { ...(editor ? {} : noEditor), ...options.env };
	const installed = await ensureN8n(options.version);
	const { version, executable } = installed;
	const isFresh = options.fresh === true || env['DB_TYPE'] !== undefined;
	const makeFirst = async (compileCache: string) =>
		await startN8n({
			version,
			fresh: true,
			encryptionKey: ENCRYPTION_KEY,
			env: { NODE_COMPILE_CACHE: compileCache },
			// Its modules belong into the cache, too.
			editor: true,
		});
	const prepared = env['NODE_COMPILE_CACHE'] ? undefined : await prepare(installed, makeFirst);
	if (prepared) env = { NODE_COMPILE_CACHE: prepared.compileCache, ...env };
	const folder = temporaryFolder('voiso-n8n');
	const place: Place = {
		folder: folder.path,
		port: await freePort(options.port),
		brokerPort: await freePort(),
		encryptionKey:
			options.encryptionKey ?? (isFresh ? randomBytes(24).toString('hex') : ENCRYPTION_KEY),
	};
	const url = `http://127.0.0.1:${place.port}`;
	const client = new N8nClient(url);
	let program: ManagedProcess | undefined;
	let hasOwner = !isFresh;
	let earlierLogs = '';

	const restart = async (changes: Record<string, string> = {}) => {
		env = { ...env, ...changes };
		earlierLogs += program?.output() ?? '';
		program = startProcess({
			name: `n8n ${command}`,
			command: process.execPath,
			args: [executable, command],
			env: n8nEnvironment(place, { ...(command === 'worker' ? health(place.port) : {}), ...env }),
			cwd: place.folder,
			remove: [place.folder],
		});
		await waitFor(program, 'ready', START_TIMEOUT, () => isReady(url, command));
		if (command === 'start') await (hasOwner ? client.signIn(owner) : client.signUp(owner));
		hasOwner = true;
	};
	const close = async () => {
		// Nobody needs what it would still write.
		await program?.kill();
		folder.remove();
	};

	try {
		await provideFiles(place.folder, files);
		if (prepared && !isFresh) await provideDatabase(prepared, place.folder);
		const own = tarball && (await installPackage(tarball, join(place.folder, '.n8n', 'nodes')));
		await restart();
		if (own && command === 'start') {
			const types = await Promise.all(own.nodes.map(async (each) => await client.nodeType(each)));
			if (!types.every((type) => type !== undefined))
				throw new Error(`n8n did not load all nodes of ${own.name}:\n${program?.output()}`);
			if (!env['DB_TYPE']) recordPackage(databaseIn(place.folder), own, types);
		}
	} catch (error) {
		await close();
		throw error;
	}
	return {
		url,
		folder: place.folder,
		encryptionKey: place.encryptionKey,
		version,
		client,
		logs: () => earlierLogs + (program?.output() ?? ''),
		stop: async () => await program?.stop(),
		kill: async () => await program?.kill(),
		restart,
		close,
	};
}

/** A worker answers health checks only when told to. */
function health(port: number): Record<string, string> {
	return { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(port) };
}

async function provideFiles(folder: string, files: string[]): Promise<void> {
	const readable = join(folder, '.n8n-files');
	await mkdir(readable, { recursive: true });
	for (const file of files) await copyFile(file, join(readable, basename(file)));
}

/** Until it can be used, n8n refuses connections or says that it is starting, with status 200 too. */
async function isReady(url: string, command: 'start' | 'worker'): Promise<true | undefined> {
	const answersInJson = async (path: string) => {
		const response = await fetch(url + path).catch(() => undefined);
		await response?.body?.cancel();
		return response?.headers.get('content-type')?.includes('json') === true && response.status;
	};
	const ready =
		(await answersInJson('/healthz/readiness')) === 200 &&
		// Nobody is signed in.
		(command === 'worker' || (await answersInJson('/rest/login')) === 401);
	return ready ? true : undefined;
}
