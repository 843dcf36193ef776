import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { connect, type Connection } from '../shared/api/connection';
import { asOneText, type Explanation } from '../shared/api/explain';
import { campaignResolver, type ChosenCampaign } from '../shared/campaign/resolver';
import { add } from './operations/add';
import { deactivateEverywhere } from './operations/deactivate';
import type { Report } from './operations/report';
import { searchedCampaigns } from './operations/searchedCampaigns';
import { update } from './operations/update';
import { upsert } from './operations/upsert';
import { readSettings, type Settings } from './settings';
import { emit, type EmitSettings } from './emit/items';
import { failureText, type FailureSetting } from './emit/failureTexts';
import { processMemory, realDependencies } from './send/dependencies';
import { newSendContext } from './send/send';
import { progressReporter, showOutcome } from './emit/progress';
import { throwFailures, throwNotAccepted, throwUnread } from './emit/throwing';
import { read, type ReadSettings } from './read';
import type { Failure, ReadLead } from './types';

const ALL_CAMPAIGNS = { id: '' };

/** Voiso Leads, for all input items: read, then plan, send and settle, then emit. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	const settings = readSettings(context);
	const connection = await connect(context);
	const names = new Map<string, string>();
	const { leads } = await read(context, items, {
		...settings,
		campaignOf: campaignOf(context, connection, settings, names),
	});
	const mustThrow = !context.continueOnFail();
	if (mustThrow) throwUnread(leads);

	const report = await operate(context, connection, settings, leads, names);

	const { operation } = settings;
	const textOf = failureTexts({ operation, host: connection.host, names });
	const emitSettings: EmitSettings = {
		...settings,
		hasErrorOutput: context.getNode().onError === 'continueErrorOutput',
		failureText: (failure) => asOneText(textOf(failure)),
	};
	if (mustThrow) {
		throwFailures(context.getNode(), leads, report, operation, textOf);
		if (settings.rejectedLeadsFail) {
			throwNotAccepted(context.getNode(), leads, report, emitSettings);
		}
	}
	showOutcome(context, leads, report, emitSettings);
	return [emit(leads, report, items, emitSettings)];
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
	const dependencies = realDependencies(connection);
	const sending = newSendContext({
		baseUrl: connection.baseUrl,
		limits: settings.limits,
		dependencies,
		memory: processMemory,
		signal: context.getExecutionCancelSignal(),
		onProgress: progressReporter(context, dependencies.now),
	});
	if (settings.operation === 'add') return await add(sending, leads);
	if (settings.operation === 'upsert') return await upsert(sending, leads);
	if (!settings.allCampaigns) return await update(sending, leads);
	const campaigns = await searchedCampaigns(context, connection);
	for (const { id, name } of campaigns) names.set(id, name);
	const { unreachableFails } = settings;
	return await deactivateEverywhere(sending, leads, campaigns, { unreachableFails });
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
