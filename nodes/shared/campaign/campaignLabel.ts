import { nameOf, statusOf } from '../api/campaigns';
import { idOf, type Row } from '../api/pages';
import { mayCall, statusName } from './statuses';

/** What fits into a line of the editor's list, between the status and the ID. */
const MAX_NAME = 40;
const END_OF_LONG_NAME = 12;
const CUT = '…';
const LABEL = /^[●◐○] [^·]* · (.+) \([\w-]+\)$/;

/**
 * How a campaign is shown in a list to select from: `● Active · Spring Sale (3)`. The dot is full for one
 * that is calling, half for one that may call again by itself or after a pause, and empty for one that
 * is off. A long name is cut in its middle, so that status and ID are always seen.
 */
export function campaignLabel(campaign: Row): string {
	const status = statusOf(campaign);
	const dot = status === 'active' ? '●' : mayCall(campaign) ? '◐' : '○';
	const words = statusName(status).replaceAll('·', ' ') || 'Unknown status';
	const name = cut(nameOf(campaign).trim()) || 'Unnamed campaign';
	return `${dot} ${words}${isLive(campaign) ? '' : ', not live'} · ${name} (${idOf(campaign)})`;
}

/**
 * The name within such a label; the status there is the one of the day it was selected.
 *
 * @returns undefined when it is no label, or when the name in it was cut
 */
export function nameInLabel(label: unknown): string | undefined {
	const name = typeof label === 'string' ? LABEL.exec(label)?.[1] : undefined;
	return name?.includes(CUT) ? undefined : name;
}

/** Whether leads can be added to a campaign; one of which Voiso doesn't say may be live. */
export function isLive({ live }: Row): boolean {
	return live !== false;
}

function cut(name: string): string {
	const characters = Array.from(name);
	if (characters.length <= MAX_NAME) return name;
	const start = characters.slice(0, MAX_NAME - END_OF_LONG_NAME - 1).join('');
	return `${start.trimEnd()}${CUT}${characters.slice(-END_OF_LONG_NAME).join('').trimStart()}`;
}
