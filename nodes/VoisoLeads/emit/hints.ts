import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import { guessCountry, leadFields, NO_COUNTRY_CODE, type MappingReport } from '../fields';
import { forEach, type Pauser } from '../../shared/pauser';
import type { CampaignEffort } from '../send/types';
import { LEAD_STATUSES, type ReadLead } from '../types';
import { totalEffort } from './items';
import { NOT_ACCEPTED, words, type LeadResult } from './results';
import { count, counted, duration, grouped } from './words';

/** What the hints are about. */
export interface HintInput {
	leads: readonly ReadLead[];
	results: readonly LeadResult[];
	efforts: readonly CampaignEffort[];
	/** Nothing when the user mapped by hand. */
	mapping: MappingReport | undefined;
	dryRun: boolean;
}

/** Shows the hints on the node's output. Older n8n has none; there they are left out. */
export async function showHints(
	context: IExecuteFunctions,
	input: HintInput,
	pauses: Pauser,
): Promise<void> {
	if (typeof context.addExecutionHints !== 'function' || input.leads.length === 0) return;
	context.addExecutionHints(...(await hints(input, pauses)));
}

/**
 * What a run comes to: a warning as soon as leads were not accepted, with the most frequent reason and its
 * remedy. Then what automatic mapping did.
 */
export async function hints(input: HintInput, pauses: Pauser): Promise<NodeExecutionHint[]> {
	const { mapping } = input;
	const all = [await resultHint(input, pauses)];
	if (mapping !== undefined) all.push({ message: mappingLine(mapping), type: 'info' });
	return all.map((hint) => ({ ...hint, location: 'outputPane' }));
}

async function resultHint(
	{ leads, results, efforts, dryRun }: HintInput,
	pauses: Pauser,
): Promise<NodeExecutionHint> {
	const counts = new Map<string, number>();
	const reasons = new Tally();
	const warnings = new Tally();
	await forEach(results, pauses, ({ status, reason, warning, error }) => {
		const name = status ?? 'failed';
		counts.set(name, (counts.get(name) ?? 0) + 1);
		if (error !== undefined && status === undefined) reasons.add(error);
		else if (NOT_ACCEPTED.has(status)) reasons.add(reason ?? words(status));
		if (warning !== undefined) warnings.add(warning);
	});
	const sentences = [`${countsLine(counts)}. ${effortLine(efforts, dryRun)}.`];
	const diagnosis = reasons.total > 0 ? await missingCountry(leads, pauses) : undefined;
	if (diagnosis !== undefined) sentences.push(diagnosis);
	else if (reasons.total > 0) sentences.push(reasons.mostFrequent('Most frequent reason', 'lead'));
	if (warnings.total > 0) {
		sentences.push(`${counted(warnings.total, 'warning')}.`);
		sentences.push(warnings.mostFrequent('Most frequent warning', 'lead'));
	}
	const message = `${dryRun ? 'Dry run: ' : ''}${sentences.join(' ')}`;
	return { message, type: reasons.total > 0 ? 'warning' : 'info' };
}

/** `2,431 created, 50 duplicate, 19 rejected` */
export function countsLine(counts: ReadonlyMap<string, number>): string {
	return [...LEAD_STATUSES, 'failed']
		.filter((name) => counts.has(name))
		.map((name) => `${count(counts.get(name) ?? 0)} ${name.replaceAll('_', ' ')}`)
		.join(', ');
}

function effortLine(efforts: readonly CampaignEffort[], dryRun: boolean): string {
	const { requests, seconds } = totalEffort(efforts);
	if (requests === 0) return 'No request';
	const time =
		seconds < 1
			? 'under 1 s'
			: dryRun
				? `about ${duration(seconds)}`
				: duration(Math.round(seconds));
	return `${counted(requests, 'request')}, ${time}`;
}

/** Texts by how often they come; what differs in them, such as a number in quotes, doesn't count. */
class Tally {
	total = 0;

	private readonly kinds = new Map<string, { text: string; count: number }>();

	add(text: string): void {
		this.total++;
		const kind = text.replace(/"[^"]*"/g, '""').replace(/\d+/g, '0');
		const known = this.kinds.get(kind);
		if (known !== undefined) known.count++;
		else if (this.kinds.size < MOST_KINDS) this.kinds.set(kind, { text, count: 1 });
	}

	/** `Most frequent reason (12 leads): …` */
	mostFrequent(title: string, noun: string): string {
		const [most] = [...this.kinds.values()].sort((one, other) => other.count - one.count);
		if (most === undefined) return '';
		return `${title} (${counted(most.count, noun)}): ${shorten(most.text)}`;
	}
}

/** More only come of texts that differ by what people typed. */
const MOST_KINDS = 1000;
const LONGEST = 300;

function shorten(text: string): string {
	const end = /[.!?…]$/.test(text) ? '' : '.';
	return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : `${text}${end}`;
}

/** A few numbers can be of many countries. */
const FEWEST_NUMBERS = 3;

/** A list of national numbers is one mistake rather than thousands: the diagnosis of the list as a whole. */
async function missingCountry(
	leads: readonly ReadLead[],
	pauses: Pauser,
): Promise<string | undefined> {
	const national: string[] = [];
	await forEach(leads, pauses, (lead) => {
		if (lead.kind === 'invalid' && lead.reason.includes(NO_COUNTRY_CODE)) national.push(lead.phone);
	});
	const guess = national.length < FEWEST_NUMBERS ? undefined : await guessCountry(national, pauses);
	if (guess === undefined || guess.matching * 2 < guess.total) return undefined;
	return `${count(guess.matching)} of ${counted(leads.length, 'number')} look like national numbers of ${guess.name}. Set 'Default Country' to ${guess.name}.`;
}

const MOST_NAMED = 8;

/** `Mobile → Phone Number, First Name + Last Name → Name. Ignored: Company, City` */
export function mappingLine({ used, ignored }: MappingReport): string {
	const byField = grouped(used, ({ field }) => field);
	const mapped = Array.from(byField, ([field, columns]) => {
		const names = columns.slice(0, MOST_NAMED).map(({ column }) => column);
		const title = field === 'country_code' ? 'Country Code' : leadFields[field].displayName;
		return `${names.join(field === 'name' ? ' + ' : ', ')} → ${title}`;
	});
	const line = mapped.length === 0 ? 'No field was recognized.' : `Mapped: ${mapped.join('; ')}.`;
	if (ignored.length === 0) return line;
	const more =
		ignored.length > MOST_NAMED ? `, and ${count(ignored.length - MOST_NAMED)} more` : '';
	return `${line} Ignored: ${ignored.slice(0, MOST_NAMED).join(', ')}${more}.`;
}
