import { execFile } from 'node:child_process';
import { chown } from 'node:fs/promises';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { ensureDebianPackages, systemPrograms } from '../../../scripts/setup/debian.mjs';
import type { SystemUser } from './guard.mts';
import {
	freePort,
	type ManagedProcess,
	startProcess,
	temporaryFolder,
	waitFor,
} from './processes.mts';

const run = promisify(execFile);

const START_TIMEOUT = 30_000;

/** A server beside n8n, on a free port of 127.0.0.1 and with its data in a folder of its own. */
export interface Service {
	port: number;
	/** Ends it and removes its data. */
	close(): Promise<void>;
}

/** Starts a Redis that keeps nothing on disk; installs it first where that can be done. */
export async function startRedis(): Promise<Service> {
	const [command = ''] = await ensureDebianPackages([systemPrograms.redis]);
	const folder = temporaryFolder('voiso-redis');
	const port = await freePort();
	const program = startProcess({
		name: 'Redis',
		command,
		args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder.path],
		env: {},
		cwd: folder.path,
		remove: [folder.path],
	});
	return await listening({ program, port, folder });
}

/** The name of PostgreSQL's superuser and database here, which needs no password. */
export const database = 'n8n';

/**
 * Starts a PostgreSQL with an empty database; installs it first where that can be done. It refuses to
 * run as root, so root starts it as the user that its package brings.
 */
export async function startPostgres(): Promise<Service> {
	const [initdb = '', command = ''] = await ensureDebianPackages([
		systemPrograms.initdb,
		systemPrograms.postgres,
	]);
	const user = process.getuid?.() === 0 ? await systemUser('postgres') : undefined;
	const folder = temporaryFolder('voiso-postgres');
	try {
		if (user) await chown(folder.path, user.uid, user.gid);
		const init = [
			'-D',
			folder.path,
			'-U',
			database,
			'--auth=trust',
			'--encoding=UTF8',
			'--locale=C',
		];
		await run(initdb, init, { cwd: folder.path, ...user });
	} catch (error) {
		folder.remove();
		throw error;
	}
	const port = await freePort();
	const settings = {
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		// The data need not survive the machine.
		fsync: 'off',
	};
	const program = startProcess({
		name: 'PostgreSQL',
		command,
		args: [
			...['-D', folder.path, '-p', String(port)],
			...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
		],
		env: {},
		cwd: folder.path,
		remove: [folder.path],
		...(user ? { user } : {}),
	});
	return await listening({ program, port, folder });
}

async function systemUser(name: string): Promise<SystemUser> {
	const id = async (flag: string) => Number((await run('id', [flag, name])).stdout);
	return { uid: await id('-u'), gid: await id('-g') };
}

async function listening({
	program,
	port,
	folder,
}: {
	program: ManagedProcess;
	port: number;
	folder: { remove: () => void };
}): Promise<Service> {
	const close = async () => {
		await program.stop();
		folder.remove();
	};
	try {
		await waitFor(program, 'listening', START_TIMEOUT, async () =>
			(await accepts(port)) ? true : undefined,
		);
	} catch (error) {
		await close();
		throw error;
	}
	return { port, close };
}

async function accepts(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});
}
