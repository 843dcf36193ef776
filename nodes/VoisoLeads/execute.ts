import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { connect, type Connection } from '../shared/api/connection';
import { campaignResolver } from '../shared/campaign/resolver';
import { add } from './operations/add';
import { deactivateEverywhere } from './operations/deactivate';
import type { Report } from './operations/report';
import { update } from './operations/update';
import { upsert } from './operations/upsert';
import { searchedCampaigns } from './operations/searchedCampaigns';
import { readSettings, type Settings } from './settings';
import type { Job } from './steps/deliver';
import { emit, fateOf, type EmitSettings } from './steps/emit';
import {
	failureSummary,
	failureText,
	type FailureSetting,
	type FailureText,
} from './steps/failures';
import { processMemory, realOutside, recall } from './steps/outside';
import { progressReporter, showOutcome } from './steps/progress';
import { read } from './steps/read';
import type { Failure, ReadLead } from './types';

const DOING: Record<Settings['operation'], string> = {
	add: 'add leads to',
	update: 'update leads of',
	upsert: 'add or update leads of',
	deactivate: 'stop calling leads of',
};

/** Voiso Leads, for all input items: read, then plan, send and settle, then emit. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];
	const settings = readSettings(context);
	const connection = await connect(context);
	const names = new Map<string, string>();
	const leads = await read(context, items, {
		...settings,
		campaignOf: campaignOf(context, connection, settings, names),
	});
	const mustThrow = !context.continueOnFail();
	if (mustThrow) throwUnread(leads);

	const report = await operate(context, connection, settings, leads);

	const { host } = connection;
	const texts = failureTexts({ doing: DOING[settings.operation], host, names });
	const emitSettings: EmitSettings = {
		...settings,
		hasErrorOutput: context.getNode().onError === 'continueErrorOutput',
		failureText: (failure) => texts(failure).message,
	};
	if (mustThrow) {
		throwFailures(context, leads, report, texts);
		throwNotAccepted(context, leads, report, emitSettings);
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
): (item: number) => Promise<{ id: string }> {
	if (allCampaigns) return async () => ({ id: '' });
	const resolve = campaignResolver(context, connection);
	return async (item) => {
		const campaign = await resolve(item);
		if (campaign.name !== undefined) names.set(campaign.id, campaign.name);
		return campaign;
	};
}

async function operate(
	context: IExecuteFunctions,
	connection: Connection,
	settings: Settings,
	leads: readonly ReadLead[],
): Promise<Report> {
	const outside = realOutside(connection);
	const job: Job = {
		leads,
		settings: { ...settings.delivery, baseUrl: connection.baseUrl },
		outside,
		memory: processMemory,
		signal: context.getExecutionCancelSignal(),
		known: recall(context),
		onProgress: progressReporter(context, leads.length, outside.now),
	};
	if (settings.operation === 'add') return await add(job);
	if (settings.operation === 'upsert') return await upsert(job);
	if (!settings.allCampaigns) return await update(job);
	return await deactivateEverywhere(job, await searchedCampaigns(context, connection));
}

/** Failures share their text: it is made once, not for every lead of the batch. */
function failureTexts(setting: FailureSetting): (failure: Failure) => FailureText {
	const texts = new Map<Failure, FailureText>();
	return (failure) => {
		const text = texts.get(failure) ?? failureText(failure, setting);
		texts.set(failure, text);
		return text;
	};
}

/** Nothing has been sent yet, so the workflow can be mended and run again. */
function throwUnread(leads: readonly ReadLead[]): void {
	const unread = leads.find((lead) => lead.kind === 'unread');
	if (unread?.kind === 'unread') throw unread.error;
}

function throwFailures(
	context: IExecuteFunctions,
	leads: readonly ReadLead[],
	{ results }: Report,
	texts: (failure: Failure) => FailureText,
): void {
	const failures = new Map<Failure, number[]>();
	let accepted = 0;
	for (const [position, result] of results.entries()) {
		if (result === undefined) continue;
		if ('outcome' in result) {
			if (IS_IN.has(result.outcome.status)) accepted++;
			continue;
		}
		const positions = failures.get(result.failure) ?? [];
		positions.push(position);
		failures.set(result.failure, positions);
	}
	if (failures.size === 0) return;
	const { message, description } = failureSummary(failures, leads, accepted, texts);
	throw new NodeOperationError(context.getNode(), message, { description });
}

const IS_IN = new Set<string>(['created', 'updated', 'duplicate', 'unconfirmed']);

/** With *Rejected Leads: Treat as Errors* and no On Error setting that lets the workflow go on. */
function throwNotAccepted(
	context: IExecuteFunctions,
	leads: readonly ReadLead[],
	{ results }: Report,
	settings: EmitSettings,
): void {
	let count = 0;
	let first: { item: number; message: string } | undefined;
	for (const [position, lead] of leads.entries()) {
		const fate = fateOf(lead, results[position], settings);
		if (fate.kind !== 'failed') continue;
		count++;
		first ??= { item: lead.item, message: fate.message };
	}
	if (first === undefined) return;
	throw new NodeOperationError(
		context.getNode(),
		`${count} of ${leads.length} leads were not accepted. Item ${first.item}: ${first.message}`,
		{
			itemIndex: first.item,
			description:
				'The other leads are in the campaign; running it again is safe. To go on with the workflow, choose On Error: Continue (using error output) in the settings, or take the option Rejected Leads off.',
		},
	);
}
