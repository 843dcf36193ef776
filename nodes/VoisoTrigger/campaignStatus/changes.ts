import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { nameOf, statusOf } from '../../shared/api/campaigns';
import { idOf, type Row } from '../../shared/api/pages';
import { isObject } from '../../shared/api/problem';
import type { WatchSettings } from './settings';

/** Whose campaigns were read. */
export interface Account {
	/** Scheme and host: the IDs of another cluster mean other campaigns. */
	baseUrl: string;
	/** Tells the API key from others, and nothing about it. */
	key: string;
}

/** What is remembered from poll to poll. It is stored as JSON. */
export interface Memory extends Account {
	/** Campaign ID → its status. */
	statuses: Record<string, string>;
	/** Campaign ID → what tells the campaign from one of another contact center with the same ID. */
	marks: Record<string, string>;
	/** Campaign ID → how many polls in a row haven't found it. */
	missed: Record<string, number>;
}

/** A campaign with a status that it didn't have before. */
export interface Change {
	campaign: Row;
	/** Null for a campaign that wasn't there before. */
	previousStatus: string | null;
}

/**
 * A campaign is forgotten when so many polls in a row haven't found it, and would come back as a new one
 * then. One poll alone proves nothing: the list can shift while it is read.
 */
const POLLS_UNTIL_FORGOTTEN = 3;
/** A status is a word; n8n stores it with the workflow for each campaign. */
const LONGEST_STATUS = 100;

/**
 * Compares the campaigns with what is remembered. Every campaign is remembered, whichever are watched,
 * so that changing the settings makes none a new one.
 *
 * @param memory undefined at the first activation
 */
export function findChanges(
	memory: Memory | undefined,
	account: Account,
	campaigns: readonly Row[],
	settings: WatchSettings,
): { memory: Memory; changes: Change[] } {
	const known = memory && isAbout(memory, account, campaigns) ? memory : undefined;
	const isEmitting = known !== undefined || settings.emitOnFirstActivation;
	const statuses = new Map(Object.entries(known?.statuses ?? {}));
	const changes: Change[] = [];
	for (const campaign of campaigns) {
		const id = idOf(campaign);
		const status = statusOf(campaign).slice(0, LONGEST_STATUS);
		const previousStatus = statuses.get(id) ?? null;
		if (status === '' || status === previousStatus || settings.isIgnored(status)) continue;
		statuses.set(id, status);
		if (isEmitting && settings.isWatched(id) && settings.isWanted(status)) {
			changes.push({ campaign, previousStatus });
		}
	}
	const missed = forget(statuses, known?.missed ?? {}, campaigns);
	const marks = {
		...known?.marks,
		...Object.fromEntries(campaigns.map((campaign) => [idOf(campaign), markOf(campaign)])),
	};
	return {
		memory: {
			...account,
			statuses: Object.fromEntries(statuses),
			marks: Object.fromEntries(Object.entries(marks).filter(([id]) => statuses.has(id))),
			missed,
		},
		changes,
	};
}

/**
 * Whether these are the campaigns that are remembered. Another API key can be one of another contact center
 * on the same cluster: then none of them is there.
 */
function isAbout(memory: Memory, { baseUrl, key }: Account, campaigns: readonly Row[]): boolean {
	if (memory.baseUrl !== baseUrl) return false;
	if (memory.key === key) return true;
	return campaigns.some((campaign) => memory.marks[idOf(campaign)] === markOf(campaign));
}

function markOf(campaign: Row): string {
	return fingerprint(JSON.stringify([nameOf(campaign), campaign.created_at ?? null]));
}

/** Enough of a hash to tell texts apart, without the text. */
export function fingerprint(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}

/** Removes campaigns that are gone from `statuses`, and gives those that may be. */
function forget(
	statuses: Map<string, string>,
	missedBefore: Record<string, number>,
	campaigns: readonly Row[],
): Record<string, number> {
	const found = new Set(campaigns.map(idOf));
	const missed: Record<string, number> = {};
	for (const id of [...statuses.keys()].filter((known) => !found.has(known))) {
		const polls = (missedBefore[id] ?? 0) + 1;
		if (polls < POLLS_UNTIL_FORGOTTEN) missed[id] = polls;
		else statuses.delete(id);
	}
	return missed;
}

/** What the workflow's static data holds; undefined when that is nothing of ours. */
export function readMemory(data: IDataObject): Memory | undefined {
	const { baseUrl, key, statuses, marks, missed } = data;
	if (typeof baseUrl !== 'string' || typeof key !== 'string') return undefined;
	if (!isObject(statuses) || !isObject(marks) || !isObject(missed)) return undefined;
	return {
		baseUrl,
		key,
		statuses: statuses as Memory['statuses'],
		marks: marks as Memory['marks'],
		missed: missed as Memory['missed'],
	};
}
