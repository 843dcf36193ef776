import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import { guessCountry } from '../fields/guessCountry';
import { leadFields } from '../fields/leadFields';
import type { MappingReport } from '../fields/columns';
import { NO_COUNTRY_CODE } from '../fields/phoneNumber';
import type { Pauser } from '../../shared/pauser';
import type { CampaignEffort } from '../send/types';
import { LEAD_STATUSES, type ReadLead } from '../types';
import { totalEffort } from './items';
import { NOT_ACCEPTED, words, type LeadResult } from './results';
import { count, counted, duration, grouped } from './words';

/** What the hints say of the run as a whole. */
export interface RunInput {
	efforts: readonly CampaignEffort[];
	/** Nothing when the user mapped by hand. */
	mapping: MappingReport | undefined;
	dryRun: boolean;
}

/** Shows the hints on the node's output. Older n8n has none; there they are left out. */
export async function showHints(
	context: IExecuteFunctions,
	tally: ResultTally,
	input: RunInput,
	pauses: Pauser,
): Promise<void> {
	if (typeof context.addExecutionHints !== 'function' || tally.leads === 0) return;
	context.addExecutionHints(...(await hints(tally, input, pauses)));
}

/**
 * What a run comes to: a warning as soon as leads were not accepted, with the most frequent reason and its
 * remedy. Then what automatic mapping did.
 */
export async function hints(
	tally: ResultTally,
	input: RunInput,
	pauses: Pauser,
): Promise<NodeExecutionHint[]> {
	const { mapping } = input;
	const all = [await resultHint(tally, input, pauses)];
	if (mapping !== undefined) all.push({ message: mappingLine(mapping), type: 'info' });
	return all.map((hint) => ({ ...hint, location: 'outputPane' }));
}

/** What there is to say of leads, however many. */
export class ResultTally {
	leads = 0;

	readonly counts = new Map<string, number>();

	readonly reasons = new Tally();

	readonly warnings = new Tally();

	/** Numbers that lack a country code, as they were given. */
	readonly national: string[] = [];

	/** Leads that fail, as n8n items do. */
	failed = 0;

	firstFailed: { item: number; error: string } | undefined;

	add(lead: ReadLead, { status, reason, warning, error }: LeadResult): void {
		this.leads++;
		const name = status ?? 'failed';
		this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
		if (error !== undefined) {
			this.failed++;
			this.firstFailed ??= { item: lead.item, error };
		}
		if (error !== undefined && status === undefined) this.reasons.add(error);
		else if (NOT_ACCEPTED.has(status)) this.reasons.add(reason ?? words(status));
		if (warning !== undefined) this.warnings.add(warning);
		const isNational = lead.kind === 'invalid' && lead.reason.includes(NO_COUNTRY_CODE);
		if (isNational && this.national.length < MOST_NATIONAL) this.national.push(lead.phone);
	}
}

async function resultHint(
	tally: ResultTally,
	{ efforts, dryRun }: RunInput,
	pauses: Pauser,
): Promise<NodeExecutionHint> {
	const { counts, reasons, warnings } = tally;
	const sentences = [`${countsLine(counts)}. ${effortLine(efforts, dryRun)}.`];
	const diagnosis = reasons.total > 0 ? await missingCountry(tally, pauses) : undefined;
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

/** As many tell as much as all. */
const MOST_NATIONAL = 100_000;

/** A list of national numbers is one mistake rather than thousands: the diagnosis of the list as a whole. */
async function missingCountry(
	{ leads, national }: ResultTally,
	pauses: Pauser,
): Promise<string | undefined> {
	const guess = national.length < FEWEST_NUMBERS ? undefined : await guessCountry(national, pauses);
	if (guess === undefined || guess.matching * 2 < guess.total) return undefined;
	return `${count(guess.matching)} of ${counted(leads, 'number')} look like national numbers of ${guess.name}. Set 'Default Country' to ${guess.name}.`;
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
