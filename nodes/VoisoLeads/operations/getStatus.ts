import type { IDataObject } from 'n8n-workflow';
import type { Connection } from '../../shared/api/connection';
import { listIn } from '../../shared/api/listIn';
import { isObject, type ApiProblem, type Reading } from '../../shared/api/problem';
import { request } from '../../shared/api/request';
import { pauser, type Pauser } from '../../shared/pauser';
import { plan } from '../plan';
import { digitsOf } from '../settle';
import type { CampaignEffort } from '../send/types';
import type { Failure, Outcome, Positions, ReadLead } from '../types';
import { markRepeats, type Report } from './report';

/** Voiso's limit. Source: developers.voiso.com/reference/contact-status */
const MOST_NUMBERS = 1000;
/** Longer addresses are refused by many servers and proxies; a path takes some of it, too. */
const LONGEST_URL = 8000;
const PARAMETER = 'contact_numbers%5B%5D=';
/** What a server may answer to an address that is too long for it. */
const TOO_LONG: ReadonlySet<number | undefined> = new Set([400, 413, 414, 431]);
/** Campaigns that are asked at the same time. */
const SIDE_BY_SIDE = 10;

const UNREPORTED: Outcome = {
	status: 'unreported',
	reason:
		"Voiso's response doesn't name this number. Check whether the lead is in the campaign, and its number.",
};

/**
 * What Voiso's dialer did with each number so far (contact status). Campaigns are asked side by side, each with
 * one request at a time. A request that is too long for a server in between is halved.
 *
 * @param closedCampaigns why a campaign is not asked any more, by its ID; those that fail are added
 * Source: developers.voiso.com/reference/contact-status
 */
export async function getStatus(
	connection: Connection,
	leads: readonly ReadLead[],
	closedCampaigns: Map<string, ApiProblem>,
): Promise<Report> {
	const planned = await plan(leads, {
		action: 'update',
		batchSize: MOST_NUMBERS,
		repeats: 'first',
		signal: connection.signal,
	});
	const results: Report['results'] = new Array(leads.length);
	const efforts: CampaignEffort[] = [];
	const numberAt = (position: number) => planned.leadAt(position).phone_number;
	const campaigns = planned.campaigns.values();
	const pauses = pauser(connection.signal);
	// All workers draw from one iterator, so each campaign is asked once.
	const worker = async () => {
		for (const { campaignId, batches } of campaigns) {
			const positions = batches.flatMap((batch) => batch.positions);
			const questions = new CampaignQuestions(connection, campaignId, numberAt, pauses);
			const before = closedCampaigns.get(campaignId);
			const problem = await questions.ask(positions, before, (position, outcome) => {
				results[position] = outcome;
			});
			if (problem !== undefined) closedCampaigns.set(campaignId, problem);
			efforts.push(questions.effort);
		}
	};
	await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
	await markRepeats(results, planned.repeats, leads, pauses);
	return { results, efforts };
}

/** The questions about one campaign. */
class CampaignQuestions {
	readonly effort: CampaignEffort;

	private readonly connection: Connection;

	private readonly path: string;

	private readonly numberAt: (position: number) => string;

	private readonly pauses: Pauser;

	/** The longest address to send: half of the last one that was too long. */
	private longest = LONGEST_URL;

	/** The longest that got through; 0 as long as none did. */
	private accepted = 0;

	constructor(
		connection: Connection,
		campaignId: string,
		numberAt: (position: number) => string,
		pauses: Pauser,
	) {
		this.pauses = pauses;
		this.connection = connection;
		this.path = `/api/dialer/v1/campaigns/${encodeURIComponent(campaignId)}/contact_status?`;
		this.numberAt = numberAt;
		this.effort = { campaignId, requests: 0, retries: 0, duration: 0 };
	}

	/**
	 * Tells the outcome of each position, or the failure of its request.
	 *
	 * @param over why the campaign is not asked any more
	 * @returns the same, as it is afterwards
	 */
	async ask(
		positions: Positions,
		over: ApiProblem | undefined,
		onOutcome: (position: number, outcome: Outcome | Failure) => void,
	): Promise<ApiProblem | undefined> {
		const { clock } = this.connection;
		const start = clock.now();
		for (let next = 0; next < positions.length;) {
			if (this.pauses.isDue()) await this.pauses.take();
			const asked = this.slice(positions, next);
			if (over === undefined) {
				const reading = await this.askFor(asked);
				if (!reading.ok && TOO_LONG.has(reading.problem.status) && asked.length > 1) {
					this.longest = this.path.length + Math.floor(this.lengthOf(asked) / 2);
					continue;
				}
				this.record(asked, reading, onOutcome);
				if (reading.ok) {
					this.accepted = Math.max(this.accepted, this.path.length + this.lengthOf(asked));
				} else if (TOO_LONG.has(reading.problem.status) && this.accepted > 0) {
					// It was this number that the server could not take, and not the length.
					this.longest = this.accepted;
				} else {
					over = reading.problem;
				}
			} else {
				const failure = this.failureOf(over, 'notSent', 0);
				for (const position of asked) onOutcome(position, failure);
			}
			next += asked.length;
		}
		this.effort.duration = clock.now() - start;
		return over;
	}

	/** As many of the positions as fit into one address, from `start` on; one at least. */
	private slice(positions: Positions, start: number): Positions {
		let length = 0;
		let end = start;
		for (; end < positions.length && end - start < MOST_NUMBERS; end++) {
			length += this.lengthOf([positions[end] ?? 0]);
			if (end > start && this.path.length + length > this.longest) break;
		}
		return positions.slice(start, end);
	}

	/** Characters of the numbers in an address. */
	private lengthOf(positions: Positions): number {
		return positions.reduce(
			(length, position) => length + PARAMETER.length + this.numberAt(position).length + 1,
			0,
		);
	}

	private async askFor(positions: Positions): Promise<Reading> {
		const query = positions.map((position) => `${PARAMETER}${this.numberAt(position)}`).join('&');
		this.effort.requests++;
		return await request(
			this.connection,
			{ method: 'GET', path: `${this.path}${query}` },
			{ isExpected: (body) => contactsIn(body) !== undefined },
		);
	}

	private record(
		positions: Positions,
		reading: Reading,
		onOutcome: (position: number, outcome: Outcome | Failure) => void,
	): void {
		if (!reading.ok) {
			const failure = this.failureOf(reading.problem, 'final', 1);
			for (const position of positions) onOutcome(position, failure);
			return;
		}
		const contacts = new Map<string, IDataObject>();
		for (const contact of contactsIn(reading.body) ?? []) {
			const number = digitsOf(contact);
			if (number !== '' && !contacts.has(number)) contacts.set(number, contact);
		}
		for (const position of positions) {
			const contact = contacts.get(this.numberAt(position));
			onOutcome(position, contact === undefined ? UNREPORTED : outcomeOf(contact));
		}
	}

	private failureOf(problem: ApiProblem, cause: Failure['cause'], attempts: number): Failure {
		const { campaignId, requests: batch } = this.effort;
		const stopped = problem.kind === 'stopped' ? 'stopped' : cause;
		return {
			campaignIds: [campaignId],
			problem,
			batch,
			attempts,
			maybeApplied: false,
			cause: stopped,
		};
	}
}

/** How an element may say that there is no such contact; no page shows it. */
const SAYS_NO = /\b(?:not[ _-]?found|unknown|no such|does(?: not|n't) exist)\b/i;

function outcomeOf(contact: IDataObject): Outcome {
	const { error, found, status } = contact;
	const isMissing =
		found === false ||
		[error, status].some((text) => typeof text === 'string' && SAYS_NO.test(text));
	return { status: isMissing ? 'not_found' : 'found', contact };
}

/** The contacts of a response: `{"contacts": [{…}]}`; undefined when it has no list. */
function contactsIn(body: unknown): IDataObject[] | undefined {
	return listIn(body, 'contacts')?.filter((each): each is IDataObject => isObject(each));
}
