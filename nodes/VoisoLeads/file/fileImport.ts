import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Connection } from '../../shared/api/connection';
import { operationError, type Explanation } from '../../shared/api/explain';
import { pauser, type Pauser } from '../../shared/pauser';
import { shorten } from '../../shared/text';
import { failureTexts, FailureTally } from '../emit/failureTexts';
import { ResultTally, showHints } from '../emit/hints';
import { CampaignSummaries } from '../emit/items';
import { resultOf, type LeadResult } from '../emit/results';
import { grouped } from '../emit/words';
import { AutomaticMapping } from '../fields/mapAutomatically';
import type { Operator } from '../operator';
import { changesSomething } from '../plan';
import { hasNoNumber } from '../read';
import { CONCERNS_ALL_CAMPAIGNS } from '../send/classifyFailure';
import type { CampaignEffort } from '../send/types';
import type { FileSettings, Settings } from '../settings';
import { isFailure, type Failure, type GoodLead, type Settled } from '../types';
import { chosenColumns, withoutPhoneColumn, type FileError } from './fileColumns';
import { openFile, type OpenFile } from './open';
import { MOST_CHARACTERS, readWaves, type FileRow, type RowSettings } from './readLeads';
import { areResults } from './resultColumns';
import { ResultsWriter } from './results';

/** One file to import. */
export interface FileJob extends Pick<RowSettings, 'item' | 'campaign' | 'defaultCountryOf'> {
	settings: Settings;
	file: FileSettings;
	/** Names of campaigns by ID, as far as they are known. */
	names: ReadonlyMap<string, string>;
}

/** A wave in batches. Small ones leave the memory before V8 takes them for lasting. */
const BATCHES_PER_WAVE = 2;
/** Where a wave makes requests of several kinds, or for several campaigns: few of them are not full then. */
const BATCHES_PER_MIXED_WAVE = 10;
/** Rows, in batches, of which no result is written while leads wait for others to fill their batch. */
const MOST_BATCHES_HELD = 20;

/** Where none of so many is there, the column that names them is a mistake. */
const MANY_CAMPAIGNS = 20;

/** Characters of a file's name in a message. */
export const LONGEST_NAME = 50;

/** A row with a lead that can be sent. */
type GoodRow = FileRow & { lead: GoodLead };

function isGood(row: FileRow): row is GoodRow {
	return row.lead.kind === 'good';
}

/**
 * Imports one file: reads a wave of rows while the last one is sent, plans, sends and settles it, and writes the rows
 * with their results in the order of the file.
 */
export class FileImport {
	private readonly context: IExecuteFunctions;

	private readonly operator: Operator;

	private readonly job: FileJob;

	/** The file as the results name it, and as messages do. */
	private readonly fileName: string;

	private readonly name: string;

	private readonly pauses: Pauser;

	private readonly mapping = new AutomaticMapping();

	private readonly textOf: (failure: Failure) => Explanation;

	private readonly tally = new ResultTally();

	private readonly summaries = new CampaignSummaries();

	private readonly failures = new FailureTally('row');

	/** An error of the item that holds the file. */
	private readonly error: FileError = (message, description) =>
		operationError(this.context.getNode(), { message, description }, this.job.item);

	private efforts: CampaignEffort[] = [];

	/** By campaign: the last row that was sent, and how many batches were. */
	private readonly sent = new Map<string, { row: number; batches: number }>();

	constructor(
		context: IExecuteFunctions,
		{ host }: Connection,
		operator: Operator,
		job: FileJob,
		fileName: string,
	) {
		this.context = context;
		this.operator = operator;
		this.job = job;
		this.fileName = fileName;
		this.name = shorten(fileName, LONGEST_NAME);
		this.pauses = pauser(context.getExecutionCancelSignal());
		const { operation } = job.settings;
		this.textOf = failureTexts({ operation, host, names: job.names });
	}

	/**
	 * Does the work, and gives the results file as it grows.
	 *
	 * @throws NodeOperationError when the file can't be read, or a wave has failed as a whole and *On Error* is to stop
	 * @throws OperationalError when the user has stopped the execution
	 */
	async *results(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
		const file = await this.open(bytes);
		// A header tells what the columns are, whatever the rows hold.
		const results = areResults(file.columns);
		const own = file.columns.filter((_, place) => results[place] !== true);
		this.mapping.map(Object.fromEntries(own.map((name) => [name, ''])));
		const writer = this.writer(file);
		const waves = readWaves(file, this.rowSettings(file), this.pauses);
		const encoder = new TextEncoder();
		/** Rows that are not written yet, in order. */
		let rows: FileRow[] = [];
		let reading = waves.next();
		for (let isFirst = true; ; isFirst = false) {
			const read = await reading;
			const isLast = read.done === true;
			if (!isLast) {
				reading = waves.next();
				// Its turn to fail is when it is awaited.
				reading.catch(() => {});
				for (const row of read.value) rows.push(row);
			}
			if (isFirst) this.checkNumbers(file, rows);
			await this.settleAll(rows, isLast);
			if (this.context.getExecutionCancelSignal()?.aborted) await this.pauses.take();
			const open = rows.findIndex(({ result }) => result === undefined);
			const all = rows;
			const done = open < 0 ? all : all.slice(0, open);
			rows = open < 0 ? [] : all.slice(open);
			for (const { lead, result } of done) {
				this.summaries.add(lead, result ?? {});
				this.tally.add(lead, result ?? {});
			}
			if (done.length > 0 || isLast) yield encoder.encode(writer.write(done, all));
			if (isLast) return;
		}
	}

	/** What failed, for the error with which the node ends. */
	failed(): Explanation | undefined {
		return this.failures.summary(this.job.settings.operation, this.textOf);
	}

	/**
	 * What is in and what isn't, when something failed or the work ended before the file did.
	 *
	 * @param isWhole whether all rows were read
	 */
	receipt(isWhole: boolean): string | undefined {
		const { dryRun, operation } = this.job.settings;
		const rest = isWhole ? undefined : `the rest of ${this.name}`;
		return dryRun ? undefined : this.failures.receipt(operation, rest);
	}

	/** One item per campaign; shows the hints, too. */
	async items(): Promise<INodeExecutionData[]> {
		const { campaign, file, item, settings } = this.job;
		if ('id' in campaign) this.summaries.open(campaign.id, item);
		const mapping = file.columns === undefined ? this.mapping.columns.report() : undefined;
		const input = { ...settings, efforts: this.efforts, mapping };
		await showHints(this.context, this.tally, input, this.pauses);
		return this.summaries
			.items(this.efforts, settings)
			.map(({ json, ...rest }) => ({ json: { file: this.fileName, ...json }, ...rest }));
	}

	private async open(bytes: AsyncIterable<Uint8Array>): Promise<OpenFile> {
		const file = await openFile(bytes, this.job.file.format);
		if (!('problem' in file)) return file;
		throw this.error(`${this.name} ${file.problem}`, file.description);
	}

	private writer(file: OpenFile): ResultsWriter {
		const { allCampaigns, dryRun, operation } = this.job.settings;
		const { campaignColumn, onlyProblems } = this.job.file;
		const byColumn = campaignColumn !== undefined;
		const getsStatus = operation === 'getStatus';
		const settings = { allCampaigns, byColumn, dryRun, getsStatus, onlyProblems };
		return new ResultsWriter(file, settings);
	}

	private rowSettings(file: OpenFile): RowSettings {
		const { campaign, settings } = this.job;
		const { operation } = settings;
		const isMixed = 'column' in campaign || operation === 'upsert';
		const batchesPerWave = isMixed ? BATCHES_PER_MIXED_WAVE : BATCHES_PER_WAVE;
		return {
			...this.job,
			...chosenColumns(file, this.job, this.name, this.error),
			operation,
			mapping: this.mapping,
			rowsPerWave: settings.limits.batchSize * batchesPerWave,
			findsRepeats: operation !== 'update' && operation !== 'deactivate',
		};
	}

	/** Before anything is sent: a file without a column for the number is a mistake of the workflow. */
	private checkNumbers(file: OpenFile, rows: readonly FileRow[]): void {
		const isByName = this.job.file.columns === undefined && !this.mapping.columns.hasPhoneColumn;
		if (!isByName || !hasNoNumber(rows.map(({ lead }) => lead))) return;
		throw withoutPhoneColumn(file, this.name, this.error);
	}

	/** Gives every row a result, except leads that wait for their batch to be full. */
	private async settleAll(rows: readonly FileRow[], isLast: boolean): Promise<void> {
		const open: GoodRow[] = [];
		for (const row of rows) {
			if (row.result !== undefined) continue;
			if (!isGood(row)) row.result = ofInvalid(row);
			else if (this.isSettledByFirst(row)) row.result = repeated(row);
			else open.push(row);
		}
		const chosen: GoodRow[] = [];
		const changed: GoodRow[] = [];
		const lastToSend = isLast ? Infinity : this.lastToSend(rows);
		for (const [campaignId, all] of grouped(open, ({ lead }) => lead.campaignId)) {
			const lastSent = this.sent.get(campaignId)?.row ?? 0;
			const isNew = ({ first, row }: GoodRow) => first === row || first > lastSent;
			const fresh = all.filter(isNew);
			changed.push(...all.filter((row) => !isNew(row)));
			const mayWait = (fresh[0]?.row ?? 0) > lastToSend;
			const ready = mayWait ? this.readyToSend(fresh) : fresh.length;
			for (const row of fresh.slice(0, ready)) chosen.push(row);
		}
		await this.send(chosen, async (leads) => await this.operator.run(leads));
		await this.sendRepeats(changed);
	}

	/** Of a repeated number the first lead is sent; only Add or Update needs the later ones. */
	private isSettledByFirst(row: GoodRow): boolean {
		return row.first !== row.row && this.job.settings.operation !== 'upsert';
	}

	/** The row up to which leads don't wait any more, because too many rows are held: half of them. */
	private lastToSend(rows: readonly FileRow[]): number {
		const { batchSize } = this.job.settings.limits;
		const characters = rows.reduce((sum, row) => sum + row.characters, 0);
		const isLong =
			rows.length >= batchSize * MOST_BATCHES_HELD || characters >= 2 * MOST_CHARACTERS;
		return isLong ? (rows[Math.floor(rows.length / 2)]?.row ?? 0) : 0;
	}

	/** How many of a campaign's rows fill batches. The others wait for a later wave. */
	private readyToSend(rows: readonly GoodRow[]): number {
		const { batchSize } = this.job.settings.limits;
		const numbers = rows.filter(({ first, row }) => first === row);
		const firstToWait = numbers[numbers.length - (numbers.length % batchSize)];
		return firstToWait === undefined ? rows.length : rows.indexOf(firstToWait);
	}

	/** Leads of numbers that were added before: their fields are a change. */
	private async sendRepeats(rows: readonly GoodRow[]): Promise<void> {
		const { dryRun } = this.job.settings;
		const changes = dryRun ? [] : rows.filter(({ lead }) => changesSomething(lead.lead));
		await this.send(changes, async (leads) => await this.operator.update(leads), true);
		for (const row of rows) {
			const status = row.result?.status;
			if (row.result === undefined || status === 'updated' || status === 'created')
				row.result = repeated(row);
		}
	}

	/** @param areRepeats whether other rows count for these leads, unless these fail */
	private async send(
		rows: readonly GoodRow[],
		run: Operator['run'],
		areRepeats = false,
	): Promise<void> {
		if (rows.length === 0) return;
		const leads = rows.map(({ lead }) => lead);
		const report = await run(leads);
		this.countBatches(rows, report.results);
		// Before anything that Stop ends: what is in is to be said then, too.
		for (const [place, row] of rows.entries()) {
			const settled = report.results[place];
			if (!areRepeats || (settled && isFailure(settled))) this.failures.add(settled, row.row);
		}
		this.efforts = this.merged([...this.efforts, ...report.efforts]);
		const settings = { rejectedLeadsFail: false, textOf: this.textOf };
		const failed = new Map<Failure, LeadResult>();
		for (const [place, row] of rows.entries()) {
			const result = resultOf(row.lead, report.results[place], settings, failed);
			row.result = result.status === 'repeated' ? repeated(row) : result;
		}
		// Nothing gets through any more, and no result would be shown.
		const isOver =
			report.results.every((settled) => settled && this.isForGood(settled)) ||
			this.isWrongColumn(rows, report.results);
		const failure = isOver && !this.context.continueOnFail() ? this.failed() : undefined;
		if (failure !== undefined) throw this.error(failure.message, failure.description);
	}

	/** Whether a lead failed in a way that no later row can escape. */
	private isForGood(settled: Settled): boolean {
		if (!isFailure(settled)) return false;
		const { cause, problem } = settled;
		const isForAll = 'id' in this.job.campaign || CONCERNS_ALL_CAMPAIGNS.has(problem.kind);
		return isForAll && cause !== 'outOfTime' && cause !== 'tooManyRejections';
	}

	/** Whether all that was read so far names campaigns that aren't there: another column names them. */
	private isWrongColumn(
		rows: readonly GoodRow[],
		results: ReadonlyArray<Settled | undefined>,
	): boolean {
		const campaigns = new Set(rows.map(({ lead }) => lead.campaignId));
		if (campaigns.size < MANY_CAMPAIGNS || this.failures.hasAccepted()) return false;
		return results.every((each) => each && isFailure(each) && each.problem.kind === 'notFound');
	}

	/** Batches are numbered over the whole file. */
	private countBatches(
		rows: readonly GoodRow[],
		settled: ReadonlyArray<Settled | undefined>,
	): void {
		const { batchSize } = this.job.settings.limits;
		for (const failure of new Set(settled.filter((each) => each && isFailure(each)))) {
			if (failure === undefined || !isFailure(failure)) continue;
			failure.batch += this.sent.get(failure.campaignIds[0] ?? '')?.batches ?? 0;
		}
		for (const [campaignId, all] of grouped(rows, ({ lead }) => lead.campaignId)) {
			const batches = this.sent.get(campaignId)?.batches ?? 0;
			const row = Math.max(this.sent.get(campaignId)?.row ?? 0, all.at(-1)?.row ?? 0);
			this.sent.set(campaignId, { row, batches: batches + Math.ceil(all.length / batchSize) });
		}
	}

	/** One effort per campaign: waves come one after the other. */
	private merged(efforts: readonly CampaignEffort[]): CampaignEffort[] {
		const { dryRun, limits } = this.job.settings;
		const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);
		const byCampaign = grouped(efforts, ({ campaignId }) => campaignId);
		return Array.from(byCampaign, ([campaignId, all]) => {
			const requests = sum(all.map((each) => each.requests));
			const duration = dryRun
				? Math.max(0, requests - 1) * limits.minimumInterval
				: sum(all.map((each) => each.duration));
			return { campaignId, requests, retries: sum(all.map(({ retries }) => retries)), duration };
		});
	}
}

function ofInvalid({ lead }: FileRow): LeadResult {
	const reason = lead.kind === 'invalid' ? { reason: lead.reason } : {};
	return { status: 'invalid', ...reason, ...(lead.warning && { warning: lead.warning }) };
}

function repeated({ first, lead }: FileRow): LeadResult {
	const reason = `Same number as row ${first}. See that row for the result.`;
	return { status: 'repeated', reason, ...(lead.warning && { warning: lead.warning }) };
}
