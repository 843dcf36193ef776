import type { INodeExecutionData } from 'n8n-workflow';
import { forEach, type Pauser } from '../../shared/pauser';
import type { Report } from '../operations/report';
import type { LeadOperation, ReadLead } from '../types';
import { ResultTally } from './hints';
import { CampaignSummaries, itemOf, type ItemSettings } from './items';
import { resultMaker, type ResultSettings } from './results';

export interface EmitSettings extends ItemSettings, ResultSettings {
	/** Whether an item for each campaign, with its counts, comes first. */
	isCounted: boolean;
	dryRun: boolean;
	operation: LeadOperation;
}

/** The output of a run, and its counts for hints and errors. */
export interface Emitted {
	items: INodeExecutionData[];
	tally: ResultTally;
}

/** Output items in the order of the leads read, each paired with the input item it comes from, in one pass. */
export async function emit(
	leads: readonly ReadLead[],
	{ efforts, results }: Report,
	input: readonly INodeExecutionData[],
	settings: EmitSettings,
	pauses: Pauser,
): Promise<Emitted> {
	const resultOf = resultMaker(settings);
	const tally = new ResultTally();
	const summaries = settings.isCounted ? new CampaignSummaries() : undefined;
	const items: INodeExecutionData[] = [];
	let position = 0;
	await forEach(leads, pauses, (lead) => {
		const result = resultOf(lead, results[position++]);
		tally.add(lead, result);
		summaries?.add(lead, result);
		const item = itemOf(lead, result, input, settings);
		if (item !== undefined) items.push(item);
	});
	const counts = summaries?.items(efforts, settings) ?? [];
	return { items: [...counts, ...items], tally };
}
