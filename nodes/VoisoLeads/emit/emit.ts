import type { INodeExecutionData } from 'n8n-workflow';
import type { Pauser } from '../../shared/pauser';
import type { Report } from '../operations/report';
import type { Failure, LeadOperation, ReadLead } from '../types';
import { ResultTally } from './hints';
import { CampaignSummaries, itemOf, type ItemSettings } from './items';
import { resultOf, type LeadResult, type ResultSettings } from './results';

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
	const emission = new Emission(leads, results, input, settings);
	while (emission.next < leads.length) {
		if (pauses.isDue()) await pauses.take();
		emission.emitUntilDue(pauses);
	}
	const { tally, summaries, items } = emission;
	const counts = settings.isCounted ? summaries.items(efforts, settings) : [];
	return { items: [...counts, ...items], tally };
}

/** The output so far. */
class Emission {
	/** Stays in memory, so that V8 keeps what it compiled for such objects: docs/decisions/compiled-code.md. */
	static readonly kept = new Emission([], [], [], {
		output: 'perLead',
		includeInputFields: false,
		hasErrorOutput: false,
		isCounted: false,
		dryRun: false,
		operation: 'add',
		rejectedLeadsFail: false,
		textOf: () => ({ message: '', description: '' }),
	});

	/** The position of the lead to emit next. */
	next = 0;

	readonly tally = new ResultTally();

	readonly summaries = new CampaignSummaries();

	readonly items: INodeExecutionData[] = [];

	/** The result of the leads of each failed batch. */
	private readonly failed = new Map<Failure, LeadResult>();

	private readonly leads: readonly ReadLead[];

	private readonly results: Report['results'];

	private readonly input: readonly INodeExecutionData[];

	private readonly settings: EmitSettings;

	constructor(
		leads: readonly ReadLead[],
		results: Report['results'],
		input: readonly INodeExecutionData[],
		settings: EmitSettings,
	) {
		this.leads = leads;
		this.results = results;
		this.input = input;
		this.settings = settings;
	}

	/** Emits one lead, and those after it until a pause is due. */
	emitUntilDue(pauses: Pauser): void {
		do {
			const position = this.next++;
			const lead = this.leads[position];
			if (lead !== undefined) this.emitLead(lead, position);
		} while (this.next < this.leads.length && !pauses.isDue());
	}

	private emitLead(lead: ReadLead, position: number): void {
		const { settings } = this;
		const result = resultOf(lead, this.results[position], settings, this.failed);
		this.tally.add(lead, result);
		if (settings.isCounted) this.summaries.add(lead, result);
		const item = itemOf(lead, result, this.input, settings);
		if (item !== undefined) this.items.push(item);
	}
}
