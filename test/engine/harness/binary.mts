import './environment.mts';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

interface Container {
	get<Service>(type: abstract new (...args: never[]) => Service): Service;
}

const engineFolder = process.env['N8N_ENGINE_FOLDER'];
const engine = createRequire(engineFolder ? join(engineFolder, 'package.json') : import.meta.url);
const load = createRequire(engine.resolve('n8n-core'));
const { Container } = load('@n8n/di') as { Container: Container };

// What n8n 2 has by default.
process.env['N8N_DEFAULT_BINARY_DATA_MODE'] = 'filesystem';

/** How n8n keeps files: on its disk, as it does by default, within the items, or elsewhere. */
export type BinaryMode = 'filesystem' | 'memory' | 's3';

const LOCATION = { type: 'execution', workflowId: 'engine-test', executionId: '1' } as const;
let isReady = false;

/** n8n's own store of files, as it is after its start. */
async function service(): Promise<BinaryDataService> {
	const binaryData = Container.get(BinaryDataService);
	if (!isReady) await binaryData.init();
	isReady = true;
	return binaryData;
}

/** An item with a file, stored as n8n stores it. */
export async function fileItem(
	content: string | Uint8Array,
	{ mode = 'filesystem', fileName = 'leads.csv', field = 'data', breaksOff = false } = {} as {
		mode?: BinaryMode;
		fileName?: string;
		field?: string;
		/** Whether the connection to the `s3` store breaks before the end. */
		breaksOff?: boolean;
	},
): Promise<INodeExecutionData> {
	const bytes = Buffer.from(content);
	const binary: IBinaryData = { mimeType: 'text/csv', fileName, data: '' };
	if (mode === 'memory') {
		return { json: {}, binary: { [field]: { ...binary, data: bytes.toString('base64') } } };
	}
	if (mode === 's3') {
		const id = `s3:${randomUUID()}`;
		const parts = async function* () {
			yield bytes;
			if (breaksOff) throw new Error('read ECONNRESET');
		};
		const getAsStream = async () => await Promise.resolve(Readable.from(parts()));
		Object.assign(Reflect.get(await service(), 'managers') as object, { s3: { getAsStream } });
		return { json: {}, binary: { [field]: { ...binary, data: 's3', id } } };
	}
	const stored = await (await service()).store(LOCATION, Readable.from([bytes]), binary);
	return { json: {}, binary: { [field]: stored } };
}

/** The text of a file in an output item. */
export async function fileText(
	item: INodeExecutionData | undefined,
	field = 'data',
): Promise<string> {
	const binary = item?.binary?.[field];
	if (binary === undefined) throw new Error(`The item has no file ${field}`);
	return (await (await service()).getAsBuffer(binary)).toString('utf8');
}
