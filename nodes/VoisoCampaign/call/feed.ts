import type { IExecuteFunctions } from 'n8n-workflow';
import { isObject } from '../../shared/api/problem';
import { cdrKey, type Cdr } from './cdrs';
import { startOf } from './filters';

/** What *Since Last Run* remembers of the calls of one campaign, or of all. It is stored as JSON. */
export type FeedState = {
	/** The latest start of a call that was returned, in ms since 1970. */
	newest: number;
	/** From here on all calls that were returned are known; what started before is over. */
	from: number;
	/** ID of each call returned → when it started. */
	seen: Record<string, number>;
};

/** More calls are not remembered: n8n stores them with the workflow after each run. */
const MAX_SEEN = 20_000;

/** Where to begin reading: late arrivals included, but nothing that isn't known any more. */
export function feedStart(state: FeedState | undefined, lookBack: number): number | undefined {
	return state && Math.max(state.from, state.newest - lookBack);
}

/**
 * Takes the calls that no run before has returned.
 *
 * @param now the time, since a start in the future must not move the feed there
 * @param lookBack how late a call may turn up, in ms
 */
export function takeNew(
	state: FeedState | undefined,
	cdrs: readonly Cdr[],
	now: number,
	lookBack: number,
): { cdrs: Cdr[]; state: FeedState | undefined } {
	const known = new Map(Object.entries(state?.seen ?? {}));
	const fresh = cdrs.filter((cdr) => !known.has(cdrKey(cdr)));
	const starts = fresh.map(startOf).filter((time) => time !== undefined);
	const latest = starts.reduce((a, b) => Math.max(a, b), state?.newest ?? Number.NEGATIVE_INFINITY);
	if (fresh.length === 0 || latest === Number.NEGATIVE_INFINITY) return { cdrs: fresh, state };
	const newest = Math.min(latest, Math.max(now, state?.newest ?? now));
	for (const cdr of fresh) known.set(cdrKey(cdr), startOf(cdr) ?? newest);
	let from = Math.max(state?.from ?? Number.NEGATIVE_INFINITY, newest - lookBack);
	let seen = [...known].filter(([, start]) => start >= from);
	if (seen.length > MAX_SEEN) {
		seen.sort(([, a], [, b]) => b - a);
		from = (seen[MAX_SEEN]?.[1] ?? from) + 1;
		seen = seen.filter(([, start]) => start >= from);
	}
	return { cdrs: fresh, state: { newest, from, seen: Object.fromEntries(seen) } };
}

type Remembered = {
	/** Counts the runs that ended well. */
	run: number;
	baseUrl: string;
	/** Campaign ID, or `all` → its calls. */
	feeds: Record<string, FeedState>;
};

interface Committed {
	remembered: Remembered;
	executionId: string;
	/** In ms since 1970. */
	at: number;
}

/** n8n gives an execution the data that was stored when it began: what a run that overlaps it did is here. */
const committed = new Map<string, Committed>();
const COMMITTED_LIFETIME = 3_600_000;
const MAX_COMMITTED = 100;
/** The runs that are reading, by their node: one after the other. */
const running = new Map<string, Promise<void>>();

/** The memory of one node for the length of a run. Nothing of it is stored before `commit`. */
export interface Feed {
	/** What is known of a campaign's calls. */
	stateOf(campaign: string): FeedState | undefined;
	/** What will be known of them when the run ends well. */
	set(campaign: string, state: FeedState): void;
	commit(): void;
	/** Lets the next run read. */
	close(): void;
}

/**
 * Opens the memory of *Since Last Run*, when no other run of the node in this process is reading.
 *
 * It is n8n's static data of the node, which an execution gets as it was when it began and which n8n
 * stores when it ends. A run in the editor changes nothing for the active workflow.
 */
export async function openFeed(context: IExecuteFunctions, baseUrl: string): Promise<Feed> {
	const key = `${context.getWorkflow().id ?? ''}/${context.getNode().id}`;
	const isTest = context.getMode() === 'manual';
	const executionId = context.getExecutionId();
	const before = running.get(key);
	let close = () => {};
	const mine = new Promise<void>((resolve) => (close = resolve));
	const turn = (before ?? Promise.resolve()).then(async () => await mine);
	running.set(key, turn);
	void turn.then(() => {
		if (running.get(key) === turn) running.delete(key);
	});
	await Promise.race([before, aborted(context.getExecutionCancelSignal())]);

	const data = context.getWorkflowStaticData('node');
	const stored = readRemembered(data.calls, baseUrl);
	const other = isTest ? undefined : committed.get(key);
	const isOther = before !== undefined || other?.executionId !== executionId;
	const isLater = other?.remembered.baseUrl === baseUrl && other.remembered.run > stored.run;
	const known = isOther && isLater && other ? other.remembered : stored;
	const changed = new Map<string, FeedState>();
	return {
		stateOf: (campaign) => changed.get(campaign) ?? known.feeds[campaign],
		set: (campaign, state) => changed.set(campaign, state),
		commit: () => {
			if (changed.size === 0) return;
			const feeds = { ...known.feeds, ...Object.fromEntries(changed) };
			const remembered: Remembered = { run: known.run + 1, baseUrl, feeds };
			data.calls = remembered;
			if (!isTest) remember(key, { remembered, executionId, at: Date.now() });
		},
		close,
	};
}

function remember(key: string, entry: Committed): void {
	committed.delete(key);
	committed.set(key, entry);
	for (const [other, { at }] of committed) {
		if (committed.size <= MAX_COMMITTED && entry.at - at < COMMITTED_LIFETIME) return;
		committed.delete(other);
	}
}

async function aborted(signal: AbortSignal | undefined): Promise<void> {
	await new Promise<void>((resolve) => {
		if (signal?.aborted) resolve();
		else signal?.addEventListener('abort', () => resolve(), { once: true });
	});
}

function readRemembered(value: unknown, baseUrl: string): Remembered {
	const none: Remembered = { run: 0, baseUrl, feeds: {} };
	if (!isObject(value) || value.baseUrl !== baseUrl || !isObject(value.feeds)) return none;
	const feeds = Object.entries(value.feeds).flatMap(([campaign, state]) =>
		isFeedState(state) ? [[campaign, state] as const] : [],
	);
	return {
		run: typeof value.run === 'number' ? value.run : 0,
		baseUrl,
		feeds: Object.fromEntries(feeds),
	};
}

function isFeedState(value: unknown): value is FeedState {
	return (
		isObject(value) &&
		typeof value.newest === 'number' &&
		typeof value.from === 'number' &&
		isObject(value.seen)
	);
}
