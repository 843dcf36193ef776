import { campaignInWords, explain, type Explanation } from '../../shared/api/explain';
import type { ApiProblem } from '../../shared/api/problem';
import {
	isFailure,
	type Failure,
	type LeadOperation,
	type LeadStatus,
	type Settled,
} from '../types';
import { count, counted } from './words';

/** What the text of a failure needs to know of the execution. */
export interface FailureSetting {
	operation: LeadOperation;
	/** The cluster, for messages about the connection. */
	host: string;
	/** Names of campaigns by ID, as far as they are known. */
	names: ReadonlyMap<string, string>;
}

/** `action` completes "Can't … campaign 3"; `done` completes "Leads … in this run". */
const WORDS: Record<LeadOperation, { action: string; done?: string; again: string }> = {
	add: {
		action: 'add leads to',
		done: 'added',
		again: 'Running it again is safe: Voiso recognizes numbers that are in the campaign already.',
	},
	update: {
		action: 'update leads in',
		done: 'updated',
		again: 'Running it again is safe: the same change can be made twice.',
	},
	upsert: {
		action: 'add or update leads in',
		done: 'added or updated',
		again: 'Running it again is safe: Voiso recognizes numbers that are in the campaign already.',
	},
	deactivate: {
		action: 'stop calling leads in',
		done: 'deactivated',
		again: 'Running it again is safe: a lead can be deactivated twice.',
	},
	getStatus: {
		action: 'get the status of leads in',
		again: 'Running it again is safe: it changes nothing.',
	},
};

/** Voiso's name for what *Get Status* needs. Which scope opens it, no page says. */
const REDIAL_STATUS = 'API redial status';

const ADDS: ReadonlySet<LeadOperation> = new Set(['add', 'upsert', 'update']);
const LIVE_ONLY = "Voiso accepts leads for live campaigns only: check that it's one.";

/**
 * The text of a failure: what happened, and below that its batch, what is known of its leads, and the remedy.
 * The same for all leads of a batch.
 */
export function failureText(failure: Failure, setting: FailureSetting): Explanation {
	const { operation, host, names } = setting;
	const { action, again } = WORDS[operation];
	const [campaignId = ''] = failure.campaignIds;
	const campaignName = names.get(campaignId);
	const { message, description } = explain(failure.problem, {
		action,
		...(operation === 'getStatus' ? { feature: REDIAL_STATUS } : { scope: 'campaigns.manage' }),
		host,
		campaignId,
		...(campaignName === undefined ? {} : { campaignName }),
	});
	const sentences = [
		description,
		takesNoLeads(failure.problem) && ADDS.has(operation) ? LIVE_ONLY : '',
		batchLine(failure),
		whereItStands(failure, setting),
		failure.maybeApplied ? "It's unknown whether Voiso received these leads." : '',
		again,
	];
	return { message, description: sentences.filter((each) => each !== '').join(' ') };
}

/** 400 is all that Voiso answers for a campaign that takes no leads; other rejections say more. */
function takesNoLeads({ kind, status }: ApiProblem): boolean {
	return kind === 'refused' && status === 400;
}

function batchLine({ attempts, batch, cause }: Failure): string {
	switch (cause) {
		case 'final':
			return `Batch ${batch} failed.`;
		case 'notSent':
			return `Batch ${batch} was therefore not sent.`;
		case 'outOfTime':
			return attempts === 0
				? `Batch ${batch} was not sent, because the wait would be longer than 'Max Wait'.`
				: `Batch ${batch} failed after ${counted(attempts, 'attempt')} within 'Max Wait'.`;
		case 'tooManyRejections':
			return `Batch ${batch} was rejected too many times while isolating the leads that Voiso doesn't accept.`;
		case 'stopped':
			return `Batch ${batch} was not finished.`;
	}
}

/** With all campaigns searched: a number must not count as deactivated while one may still call it. */
function whereItStands(
	{ campaignIds, foundIn }: Failure,
	{ names }: Pick<FailureSetting, 'names'>,
): string {
	if (foundIn === undefined) return '';
	const list = (ids: readonly string[]) =>
		ids.map((id) => campaignInWords(id, names.get(id))).join(', ');
	const open = `These leads may still be called by ${list(campaignIds)}.`;
	return foundIn.length === 0 ? open : `${open} They are deactivated in ${list(foundIn)}.`;
}

const IS_IN: readonly LeadStatus[] = ['created', 'updated', 'duplicate', 'unconfirmed'];
const NOT_IN: readonly LeadStatus[] = ['rejected', 'not_found', 'unreported'];
const FAILED = ['failed', 'unknown', 'not sent'];

/** When a response was lost, nobody knows whether Voiso took the lead. */
function fateOf(settled: Settled): string {
	if (!isFailure(settled)) return settled.status;
	if (settled.maybeApplied) return 'unknown';
	return settled.attempts === 0 ? 'not sent' : 'failed';
}

/** What failed among leads, however many. */
export class FailureTally {
	/** Stays in memory, so that V8 keeps what it compiled for such objects: docs/decisions/compiled-code.md. */
	static readonly kept = new FailureTally('item');

	private readonly noun: 'item' | 'row';

	private first: Failure | undefined;

	private failed = 0;

	/** How many leads came to what. */
	private readonly fates = new Map<string, number>();

	private low = Number.POSITIVE_INFINITY;

	private high = 0;

	constructor(noun: 'item' | 'row') {
		this.noun = noun;
	}

	/** @param place the number of the lead's item or row */
	add(settled: Settled | undefined, place: number): void {
		if (settled === undefined) return;
		const fate = fateOf(settled);
		this.fates.set(fate, (this.fates.get(fate) ?? 0) + 1);
		if (!isFailure(settled)) return;
		this.first ??= settled;
		this.failed++;
		this.low = Math.min(this.low, place);
		this.high = Math.max(this.high, place);
	}

	/** Whether any lead is in. */
	hasAccepted(): boolean {
		return IS_IN.some((status) => this.fates.has(status));
	}

	/**
	 * What failed, for the error with which the node ends: the first failure, the places of all, and how many leads are in.
	 *
	 * @returns nothing when none failed
	 */
	summary(
		operation: LeadOperation,
		textOf: (failure: Failure) => Explanation,
	): Explanation | undefined {
		const { failed, first, high, low, noun } = this;
		if (first === undefined) return undefined;
		const { message, description } = textOf(first);
		const where = low === high ? `${noun} ${low}` : `${noun}s ${low} to ${high}`;
		const affected = `Affected: ${where} (${counted(failed, 'lead')}).`;
		const isCounted = WORDS[operation].done !== undefined && first.foundIn === undefined;
		const others = isCounted ? ` In this run: ${this.receipt(operation)}` : '';
		return { message, description: `${affected}${others} ${description}` };
	}

	/**
	 * What is in and what isn't: `1,620 added (20 of them duplicates). Not added: 3 rejected, 500 unknown, 377 not sent.`
	 *
	 * @param rest the leads of which nothing is known here, such as `the rest of leads.csv`
	 * @returns nothing when none failed
	 */
	receipt(operation: LeadOperation, rest?: string): string | undefined {
		const { done } = WORDS[operation];
		if (done === undefined || (this.failed === 0 && rest === undefined)) return undefined;
		const of = (fate: string) => this.fates.get(fate) ?? 0;
		const accepted = IS_IN.reduce((sum, status) => sum + of(status), 0);
		const duplicates = of('duplicate');
		const known = duplicates > 0 ? ` (${count(duplicates)} of them duplicates)` : '';
		const others = [...NOT_IN, ...FAILED]
			.filter((fate) => of(fate) > 0)
			.map((fate) => `${count(of(fate))} ${fate.replaceAll('_', ' ')}`);
		if (rest !== undefined) others.push(rest);
		return `${count(accepted)} ${done}${known}. Not ${done}: ${others.join(', ')}.`;
	}
}

/** Failures share their text: it is made once, not for every lead of the batch. */
export function failureTexts(setting: FailureSetting): (failure: Failure) => Explanation {
	const texts = new Map<Failure, Explanation>();
	return (failure) => {
		const text = texts.get(failure) ?? failureText(failure, setting);
		texts.set(failure, text);
		return text;
	};
}
