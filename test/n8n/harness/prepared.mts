import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { cacheFolder, type InstalledN8n } from '../../../scripts/setup/n8n.mjs';
import type { Owner } from './types.mts';

/** The account of the owner of every n8n that is started here. */
export const owner: Owner = { email: 'owner@example.com', password: 'Voiso-sandbox-1' };

/** The encryption key of an n8n that starts with the prepared database, which holds secrets of n8n's own. */
export const ENCRYPTION_KEY = 'key-of-the-prepared-database';

/** What each start of n8n would do again in some seconds, done once and kept beside its install. */
export interface Prepared {
	/** An SQLite database with all tables and the owner's account. */
	database: string;
	/** What Node has compiled of n8n's modules, for `NODE_COMPILE_CACHE`. */
	compileCache: string;
}

const DATABASE = 'database.sqlite';
const COMPILE_CACHE = 'compile-cache';

/** Where n8n has its database. */
export const databaseIn = (userFolder: string) => join(userFolder, '.n8n', DATABASE);

const prepared = new Map<string, Promise<Prepared>>();

/**
 * @param start starts that n8n for the first time, with that compile cache; the owner's account is made
 */
export async function prepare(
	n8n: InstalledN8n,
	start: (compileCache: string) => Promise<{
		folder: string;
		stop(): Promise<void>;
		close(): Promise<void>;
	}>,
): Promise<Prepared> {
	const work = prepared.get(n8n.folder) ?? find();
	prepared.set(n8n.folder, work);
	return await work;

	async function find(): Promise<Prepared> {
		const recipe = createHash('sha256').update(JSON.stringify({ owner, ENCRYPTION_KEY }));
		const name = `prepared-${recipe.digest('hex').slice(0, 6)}-${basename(n8n.folder)}`;
		const folder = join(cacheFolder(), name);
		if (existsSync(folder)) await removeYounger(folder);
		else await make(folder);
		return { database: join(folder, DATABASE), compileCache: join(folder, COMPILE_CACHE) };
	}

	/** In a folder of its own that is renamed when it is complete, like n8n's install. */
	async function make(folder: string): Promise<void> {
		const temporary = await mkdtemp(join(cacheFolder(), 'preparing-'));
		try {
			await mkdir(join(temporary, COMPILE_CACHE));
			const started = await start(join(temporary, COMPILE_CACHE));
			try {
				// Node writes what it has compiled when it ends.
				await started.stop();
				const database = new DatabaseSync(databaseIn(started.folder));
				database.prepare('VACUUM INTO ?').run(join(temporary, DATABASE));
				database.close();
			} finally {
				await started.close();
			}
			await rename(temporary, folder).catch((error: unknown) => {
				// Another process was quicker; what it prepared is as good.
				if (!existsSync(folder)) throw error;
			});
		} finally {
			await rm(temporary, { recursive: true, force: true });
		}
	}
}

/**
 * Removes what later starts have added to the compile cache: the package under test is compiled from
 * another folder each time, so that it would grow without end.
 */
async function removeYounger(folder: string): Promise<void> {
	const made = (await stat(join(folder, DATABASE))).mtimeMs;
	const entries = await readdir(join(folder, COMPILE_CACHE), {
		recursive: true,
		withFileTypes: true,
	});
	for (const entry of entries.filter((each) => each.isFile())) {
		const file = join(entry.parentPath, entry.name);
		const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: 0 }));
		if (mtimeMs > made) await rm(file, { force: true });
	}
}

/** Gives an n8n that was not started yet the prepared database. */
export async function provideDatabase({ database }: Prepared, userFolder: string): Promise<void> {
	await mkdir(join(userFolder, '.n8n'), { recursive: true });
	await copyFile(database, databaseIn(userFolder));
}
