import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { connect } from '../shared/api/connection';
import { operationError } from '../shared/api/explain';
import { campaignOf } from './campaignOf';
import { runNode } from '../shared/onError';
import { forEach, pauser } from '../shared/pauser';
import { isTool } from '../shared/tool';
import { realClock } from '../shared/throttle/clock';
import { emit } from './emit/emit';
import { FailureTally, failureTexts } from './emit/failureTexts';
import { showHints } from './emit/hints';
import { progressReporter, showReceipt } from './emit/progress';
import { throwNotAccepted, throwUnread } from './emit/throwing';
import { importFiles } from './file/importFiles';
import { newOperator, type Operator } from './operator';
import type { Report } from './operations/report';
import { read } from './read';
import { defaultCountryReader, readSettings, type Settings } from './settings';
import type { ReadLead } from './types';

/** Voiso Leads, for all input items. Whatever stops all of it follows *On Error*, too. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await runNode(context, async () => await run(context));
}

/** Read, then plan, send and settle, then emit. */
async function run(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	const settings = readSettings(context);
	const connection = await connect(context);
	const names = new Map<string, string>();
	const { inputMode } = settings;
	if (inputMode === 'file') return [await importFiles(context, connection, settings, names)];
	const { leads, mapping } = await read(context, items, {
		...settings,
		inputMode,
		defaultCountryOf: defaultCountryReader(context),
		campaignOf: campaignOf(context, connection, settings, names),
	});
	const mustThrow = !context.continueOnFail();
	if (mustThrow) throwUnread(leads);

	const { limits, operation } = settings;
	const reporter = progressReporter(context, realClock.now, limits.minimumInterval);
	const operator = await newOperator(context, connection, settings, names, reporter);
	const failures = new FailureTally('item');
	const report = await runWithReceipt(context, operator, leads, settings, failures);

	const node = context.getNode();
	const textOf = failureTexts({ operation, host: connection.host, names });
	const failed = mustThrow ? failures.summary(operation, textOf) : undefined;
	if (failed !== undefined) throw operationError(node, failed);
	const { dryRun, output } = settings;
	const hasErrorOutput = node.onError === 'continueErrorOutput';
	// From problems alone, a model can't tell the results of the other leads.
	const isCounted = output === 'summary' || (output === 'problems' && isTool(node));
	const pauses = pauser(context.getExecutionCancelSignal());
	const emitSettings = { ...settings, textOf, hasErrorOutput, isCounted };
	const emitted = await emit(leads, report, items, emitSettings, pauses);
	if (mustThrow) throwNotAccepted(node, emitted.tally);
	await showHints(context, emitted.tally, { efforts: report.efforts, mapping, dryRun }, pauses);
	return [emitted.items];
}

/** Counts what failed, and shows what is in and what isn't when the operation is stopped or fails. */
async function runWithReceipt(
	context: IExecuteFunctions,
	operator: Operator,
	leads: readonly ReadLead[],
	{ dryRun, operation }: Settings,
	failures: FailureTally,
): Promise<Report> {
	let rest: string | undefined = 'all leads';
	try {
		const report = await operator.run(leads);
		rest = undefined;
		// Not stopped any more: what is in is to be said after Stop, too.
		await forEach(report.results.keys(), pauser(undefined), (position) => {
			failures.add(report.results[position], leads[position]?.item ?? 0);
		});
		return report;
	} finally {
		const text = dryRun ? undefined : failures.receipt(operation, rest);
		if (text !== undefined) showReceipt(context, text);
	}
}
