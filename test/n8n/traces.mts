import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { N8n } from './harness/index.mts';

/**
 * Looks for texts in everything that an n8n leaves behind: what it printed, every file in its folder as
 * bytes (the database with its journals too), and every cell of the database.
 * @returns where each text was found; each list without the places of the same kind
 */
export function tracesOf(texts: readonly string[], n8n: N8n): Record<string, string[]> {
	const found = texts.map((text): [string, string[]] => {
		const needles = [text, Buffer.from(text).toString('base64').replace(/=+$/, '')];
		const isIn = (content: string | Buffer) => needles.some((needle) => content.includes(needle));
		return [text, [...inLogs(n8n, isIn), ...inFiles(n8n, isIn), ...inDatabase(n8n, isIn)]];
	});
	return Object.fromEntries(found);
}

type IsIn = (content: string | Buffer) => boolean;

function inLogs(n8n: N8n, isIn: IsIn): string[] {
	const line = n8n.logs().split('\n').find(isIn);
	return line === undefined ? [] : [`log: ${line.slice(0, 500)}`];
}

function inFiles({ folder }: N8n, isIn: IsIn): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
		.map(({ name, parentPath }) => join(parentPath, name))
		.filter((file) => isIn(readFileSync(file)))
		.map((file) => `file: ${relative(folder, file)}`);
}

function inDatabase({ folder }: N8n, isIn: IsIn): string[] {
	const database = new DatabaseSync(join(folder, '.n8n', 'database.sqlite'), { readOnly: true });
	try {
		const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
		const places = tables.flatMap(({ name }) =>
			database
				.prepare(`SELECT * FROM "${String(name)}"`)
				.all()
				.flatMap((row) =>
					Object.entries(row)
						.filter(([, cell]) => isText(cell) && isIn(asText(cell)))
						.map(([column]) => `database: ${String(name)}.${column}`),
				),
		);
		return [...new Set(places)];
	} finally {
		database.close();
	}
}

const isText = (cell: unknown): cell is string | Uint8Array =>
	typeof cell === 'string' || cell instanceof Uint8Array;

const asText = (cell: string | Uint8Array) => (typeof cell === 'string' ? cell : Buffer.from(cell));
