import type { IDataObject } from 'n8n-workflow';
import { statusOf } from '../../shared/api/campaigns';
import { idOf, type Row } from '../../shared/api/pages';
import { isObject } from '../../shared/api/problem';
import type { WatchSettings } from './settings';

/** What is remembered from poll to poll. It is stored as JSON. */
export interface Memory {
	/** Scheme and host: the IDs of another cluster mean other campaigns. */
	baseUrl: string;
	/** Campaign ID → its status. */
	statuses: Record<string, string>;
	/** Campaign ID → how many polls in a row have not found it. */
	missed: Record<string, number>;
}

/** A campaign with a status that it did not have before. */
export interface Change {
	campaign: Row;
	/** Null for a campaign that was not there before. */
	previousStatus: string | null;
}

/**
 * A list that shifts while it is read can lack a row that is there. So a campaign is forgotten only
 * when so many polls in a row have not found it; it would come back as a new one otherwise.
 */
const POLLS_UNTIL_FORGOTTEN = 3;

/**
 * Compares the campaigns with what is remembered. Every campaign is remembered, whichever are watched,
 * so that changing the settings makes none a new one.
 *
 * @param memory undefined at the first activation
 */
export function findChanges(
	memory: Memory | undefined,
	baseUrl: string,
	campaigns: readonly Row[],
	settings: WatchSettings,
): { memory: Memory; changes: Change[] } {
	const known = memory?.baseUrl === baseUrl ? memory : undefined;
	const isEmitting = known !== undefined || settings.emitOnFirstActivation;
	const statuses = new Map(Object.entries(known?.statuses ?? {}));
	const changes: Change[] = [];
	for (const campaign of campaigns) {
		const id = idOf(campaign);
		const status = statusOf(campaign);
		const previousStatus = statuses.get(id) ?? null;
		if (status === '' || status === previousStatus || settings.isPassing(status)) continue;
		statuses.set(id, status);
		if (isEmitting && settings.isWatched(id) && settings.isWanted(status)) {
			changes.push({ campaign, previousStatus });
		}
	}
	const missed = forget(statuses, known?.missed ?? {}, campaigns);
	return { memory: { baseUrl, statuses: Object.fromEntries(statuses), missed }, changes };
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
export function readMemory({ baseUrl, statuses, missed }: IDataObject): Memory | undefined {
	if (typeof baseUrl !== 'string' || !isObject(statuses) || !isObject(missed)) return undefined;
	return {
		baseUrl,
		statuses: statuses as Memory['statuses'],
		missed: missed as Memory['missed'],
	};
}
