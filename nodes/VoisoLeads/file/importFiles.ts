import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Connection } from '../../shared/api/connection';
import { operationError } from '../../shared/api/explain';
import { campaignFinder } from '../../shared/campaign/resolver';
import { errorItem, shouldContinue, toFailure } from '../../shared/onError';
import { shorten, toText } from '../../shared/text';
import { realClock } from '../../shared/throttle/clock';
import { campaignOf } from '../campaignOf';
import { fileProgressReporter, showReceipt } from '../emit/progress';
import { newOperator, type Operator } from '../operator';
import { defaultCountryReader, readFileSettings, type Settings } from '../settings';
import { describe } from '../fields/reading';
import { FileImport, LONGEST_NAME, type FileJob } from './fileImport';
import type { CampaignFinder } from './readLeads';

/** As much as is asked for at once of a file, in bytes. */
const CHUNK = 256 * 1024;
const LONGEST_REASON = 200;
const RESULTS = { name: 'results.csv', type: 'text/csv' };
/** Where the results are in the output; nodes that upload a file look there by default. */
const OUTPUT_FIELD = 'data';

/** The files of all input items, one after the other: one item per file and campaign, the results beside the first. */
export async function importFiles(
	context: IExecuteFunctions,
	connection: Connection,
	settings: Settings,
	names: Map<string, string>,
): Promise<INodeExecutionData[]> {
	const reporter = fileProgressReporter(context, realClock.now);
	const operator = await newOperator(context, connection, settings, names, reporter);
	const campaignAt = campaignOf(context, connection, settings, names);
	const countryOf = defaultCountryReader(context);
	const find = namedCampaignFinder(connection, names);
	const output: INodeExecutionData[] = [];
	for (const item of context.getInputData().keys()) {
		try {
			const file = readFileSettings(context, settings.allCampaigns, item);
			const { campaignColumn: column } = file;
			const campaign = column === undefined ? await campaignAt(item) : { column, find };
			const country = countryOf(item);
			const job = { settings, file, item, campaign, defaultCountryOf: () => country, names };
			output.push(...(await importFile(context, connection, operator, reporter.onFile, job)));
		} catch (error) {
			const failure = toFailure(context.getNode(), error, item);
			if (!shouldContinue(context)) throw failure;
			output.push(errorItem(failure, item));
		}
	}
	return output;
}

function namedCampaignFinder(connection: Connection, names: Map<string, string>): CampaignFinder {
	const find = campaignFinder(connection);
	return async (text) => {
		const found = await find(text);
		if ('id' in found && found.name !== undefined) names.set(found.id, found.name);
		return found;
	};
}

async function importFile(
	context: IExecuteFunctions,
	connection: Connection,
	operator: Operator,
	onFile: (name: string) => void,
	job: FileJob,
): Promise<INodeExecutionData[]> {
	const { field } = job.file;
	const input = context.helpers.assertBinaryData(job.item, field);
	const name = input.fileName ?? `'${field}'`;
	onFile(shorten(name, LONGEST_NAME));
	const work = new FileImport(context, connection, operator, job, name);
	let isWhole = false;
	let results: IBinaryData;
	try {
		results = await storeResults(context, input, job, work);
		isWhole = true;
	} finally {
		const receipt = work.receipt(isWhole);
		if (receipt !== undefined) showReceipt(context, receipt);
	}
	const failed = work.failed();
	if (failed !== undefined && !context.continueOnFail()) {
		throw operationError(context.getNode(), failed, job.item);
	}
	const [first, ...others] = await work.items();
	return first === undefined ? [] : [{ ...first, binary: { [OUTPUT_FIELD]: results } }, ...others];
}

/**
 * Does the work and stores its results as they come. n8n writes a stream to its disk piece by piece; its other
 * stores, and its memory, take the results as a whole, and end a stream that has no data for some minutes.
 */
async function storeResults(
	context: IExecuteFunctions,
	{ id }: IBinaryData,
	{ file, item }: FileJob,
	work: FileImport,
): Promise<IBinaryData> {
	const { getBinaryDataBuffer, getBinaryStream, prepareBinaryData } = context.helpers;
	const explain = (error: unknown) => {
		const message = `n8n can't read the file in field ${describe(file.field)} of item ${item}`;
		const reason = shorten(toText(error instanceof Error ? error.message : error), LONGEST_REASON);
		const description = `${reason}. n8n may have deleted it with its execution: run the node that gets the file again.`;
		return operationError(context.getNode(), { message, description }, item);
	};
	const opened = async <Result>(opening: Promise<Result>): Promise<Result> => {
		try {
			return await opening;
		} catch (error) {
			throw explain(error);
		}
	};
	if (id === undefined) {
		const whole = [await opened(getBinaryDataBuffer(item, file.field))];
		const parts = await collected(work.results(bytesIn(whole, explain)));
		return await prepareBinaryData(Buffer.concat(parts), RESULTS.name, RESULTS.type);
	}
	const source = await opened(getBinaryStream(id, CHUNK));
	const bytes = bytesIn(source, explain);
	try {
		const { constructor: streams } = source;
		if (!id.startsWith('filesystem') || !makesStreams(streams)) {
			const parts = await collected(work.results(bytes));
			return await prepareBinaryData(Buffer.concat(parts), RESULTS.name, RESULTS.type);
		}
		// An error in a stream that nobody reads yet would end n8n's process.
		let failure: { error: unknown } | undefined;
		const guarded = async function* () {
			try {
				yield* work.results(bytes);
			} catch (error) {
				failure = { error };
			}
		};
		const stream = streams.from(guarded());
		const results = await prepareBinaryData(stream, RESULTS.name, RESULTS.type);
		if (failure !== undefined) throw failure.error;
		return results;
	} finally {
		source.destroy();
	}
}

/** Node's class of a stream, which no node may import: the one at hand makes others. */
interface StreamClass {
	from(
		parts: AsyncIterable<Uint8Array>,
	): Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;
}

function makesStreams(value: unknown): value is StreamClass {
	return typeof value === 'function' && 'from' in value && typeof value.from === 'function';
}

async function collected(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
	const all: Uint8Array[] = [];
	for await (const part of parts) all.push(part);
	return all;
}

async function* bytesIn(
	source: Iterable<unknown> | AsyncIterable<unknown>,
	explain: (error: unknown) => Error,
): AsyncGenerator<Uint8Array> {
	try {
		for await (const part of source) if (part instanceof Uint8Array) yield part;
	} catch (error) {
		throw explain(error);
	}
}
