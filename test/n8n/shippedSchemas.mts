import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputSchema } from '../../nodes/shared/outputHint.ts';
import { root } from '../../scripts/setup/root.mjs';

/** A schema that ships, with where n8n looks for it. */
export interface ShippedSchema {
	node: string;
	/** Below `__schema__/v1.0.0`: `lead/add`. Empty for a trigger. */
	path: string;
	schema: OutputSchema;
}

/** All of them. */
export async function shippedSchemas(): Promise<ShippedSchema[]> {
	const folder = join(root, 'nodes');
	const files = (await readdir(folder, { recursive: true })).filter((file) =>
		/__schema__.+\.json$/.test(file),
	);
	return await Promise.all(
		files.map(async (file) => {
			const [name = ''] = file.split('/', 1);
			return {
				node: `n8n-nodes-voiso.${name.charAt(0).toLowerCase()}${name.slice(1)}`,
				path: /v1\.0\.0\/(.+)\.json$/.exec(file)?.[1] ?? '',
				schema: JSON.parse(await readFile(join(folder, file), 'utf8')) as OutputSchema,
			};
		}),
	);
}
