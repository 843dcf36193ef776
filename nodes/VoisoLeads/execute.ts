import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { connect, type Connection } from '../shared/api/connection';
import { operationError, type Explanation } from '../shared/api/explain';
import { campaignResolver, type ChosenCampaign } from '../shared/campaign/resolver';
import { withErrorItems } from '../shared/onError';
import { pauser } from '../shared/pauser';
import { failureSummary, failureText, type FailureSetting } from './emit/failureTexts';
import { showHints } from './emit/hints';
import { leadItems, summaryItems } from './emit/items';
import { progressReporter } from './emit/progress';
import { leadResults } from './emit/results';
import { throwNotAccepted, throwUnread } from './emit/throwing';
import { add } from './operations/add';
import { deactivateEverywhere } from './operations/deactivate';
import { dryRun } from './operations/dryRun';
import { getStatus } from './operations/getStatus';
import type { Report } from './operations/report';
import { searchedCampaigns } from './operations/searchedCampaigns';
import { update } from './operations/update';
import { upsert } from './operations/upsert';
import { read, type ReadSettings } from './read';
import { processMemory, realDependencies } from './send/dependencies';
import { newSendContext } from './send/send';
import { defaultCountryReader, readSettings, type Settings } from './settings';
import type { Failure, ReadLead } from './types';

const ALL_CAMPAIGNS = { id: '' };

/** Voiso Leads, for all input items. Whatever stops all of it follows *On Error*, too. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await withErrorItems(context, async () => await run(context));
}

/** Read, then plan, send and settle, then emit. */
async function run(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	const settings = readSettings(context);
	const connection = await connect(context);
	const names = new Map<string, string>();
	const { leads, mapping } = await read(context, items, {
		...settings,
		defaultCountryOf: defaultCountryReader(context),
		campaignOf: campaignOf(context, connection, settings, names),
	});
	const mustThrow = !context.continueOnFail();
	if (mustThrow) throwUnread(leads);

	const report = await operate(context, connection, settings, leads, names);

	const { operation } = settings;
	const textOf = failureTexts({ operation, host: connection.host, names });
	const pauses = pauser(context.getExecutionCancelSignal());
	if (mustThrow) {
		const failed = await failureSummary(leads, report.results, operation, textOf, pauses);
		if (failed !== undefined) throw operationError(context.getNode(), failed);
	}
	const results = await leadResults(leads, report, { ...settings, textOf }, pauses);
	if (mustThrow && settings.rejectedLeadsFail) {
		throwNotAccepted(context.getNode(), leads, results);
	}
	const { efforts } = report;
	await showHints(context, { leads, results, efforts, mapping, dryRun: settings.dryRun }, pauses);
	const hasErrorOutput = context.getNode().onError === 'continueErrorOutput';
	const emitSettings = { ...settings, hasErrorOutput };
	return settings.output === 'summary'
		? [await summaryItems(leads, results, efforts, items, emitSettings, pauses)]
		: [await leadItems(leads, results, items, emitSettings, pauses)];
}

/** The campaign of each item, whose name is kept for messages. */
function campaignOf(
	context: IExecuteFunctions,
	connection: Connection,
	{ allCampaigns }: Settings,
	names: Map<string, string>,
): ReadSettings['campaignOf'] {
	if (allCampaigns) return () => ALL_CAMPAIGNS;
	const resolve = campaignResolver(context, connection);
	const keepName = (campaign: ChosenCampaign) => {
		if (campaign.name !== undefined) names.set(campaign.id, campaign.name);
		return campaign;
	};
	return (item) => {
		const campaign = resolve(item);
		return campaign instanceof Promise ? campaign.then(keepName) : campaign;
	};
}

async function operate(
	context: IExecuteFunctions,
	connection: Connection,
	settings: Settings,
	leads: readonly ReadLead[],
	names: Map<string, string>,
): Promise<Report> {
	const { limits, operation, unreachableFails } = settings;
	if (operation === 'getStatus') {
		return await getStatus({ ...connection, maxDelay: limits.maxWait }, leads);
	}
	const campaigns = settings.allCampaigns ? await searchedCampaigns(context, connection) : [];
	for (const { id, name } of campaigns) names.set(id, name);
	if (settings.dryRun) {
		const everywhere = settings.allCampaigns ? campaigns : undefined;
		return await dryRun(connection, leads, { operation, limits, everywhere });
	}
	const signal = context.getExecutionCancelSignal();
	const dependencies = realDependencies(connection);
	const reporter = progressReporter(context, dependencies.now, limits.minimumInterval);
	const sending = newSendContext({
		baseUrl: connection.baseUrl,
		limits,
		dependencies,
		memory: processMemory,
		signal,
		pauses: pauser(undefined),
		onProgress: reporter.onProgress,
	});
	try {
		if (operation === 'add') return await add(sending, leads);
		if (operation === 'upsert') return await upsert(sending, leads);
		if (!settings.allCampaigns) return await update(sending, leads);
		return await deactivateEverywhere(sending, leads, campaigns, { unreachableFails });
	} finally {
		if (signal?.aborted) reporter.onStopped();
	}
}

/** Failures share their text: it is made once, not for every lead of the batch. */
function failureTexts(setting: FailureSetting): (failure: Failure) => Explanation {
	const texts = new Map<Failure, Explanation>();
	return (failure) => {
		const text = texts.get(failure) ?? failureText(failure, setting);
		texts.set(failure, text);
		return text;
	};
}
