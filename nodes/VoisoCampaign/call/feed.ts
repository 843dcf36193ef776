import { createHash } from 'node:crypto';
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
	/** {@link callKey} of each call returned → when it started. */
	seen: Record<string, number>;
};

/** Campaign ID, or `all` → its calls. */
type Feeds = Record<string, FeedState>;

/** Calls that are remembered, of all campaigns together: n8n stores them with the workflow after each run. */
const MAX_SEEN = 20_000;
/** A longer key is stored as its hash: a record without an ID is known by all of it. */
const MAX_KEY = 40;

function callKey(cdr: Cdr): string {
	const key = cdrKey(cdr);
	if (key.length <= MAX_KEY) return key;
	return createHash('sha256').update(key).digest('base64url').slice(0, 22);
}

/** Where to begin reading: late arrivals included, but nothing that isn't known any more. */
export function feedStart(state: FeedState | undefined, lookBack: number): number | undefined {
	return state && Math.max(state.from, state.newest - lookBack);
}

/** The calls that a run returns of one campaign. */
export class TakenCalls {
	private readonly before: FeedState | undefined;

	/** The look-back span of the campaign's items, in ms; the longest. */
	private lookBack = 0;

	/** What was returned → when it started, where the record says so. */
	private readonly starts = new Map<string, number | undefined>();

	/** @param before what is known from earlier runs */
	constructor(before: FeedState | undefined) {
		this.before = before;
	}

	/** Takes those that neither a run before has returned nor this one. */
	take(cdrs: readonly Cdr[], lookBack: number): Cdr[] {
		this.lookBack = Math.max(this.lookBack, lookBack);
		const seen = this.before?.seen ?? {};
		return cdrs.filter((cdr) => {
			const key = callKey(cdr);
			if (Object.hasOwn(seen, key) || this.starts.has(key)) return false;
			this.starts.set(key, startOf(cdr));
			return true;
		});
	}

	/**
	 * What is known of the campaign then.
	 *
	 * @param now the time, since a start in the future must not move the feed there
	 */
	stateAfter(now: number): FeedState | undefined {
		const { before } = this;
		const starts = [...this.starts.values()].filter((time) => time !== undefined);
		const latest = starts.reduce(
			(a, b) => Math.max(a, b),
			before?.newest ?? Number.NEGATIVE_INFINITY,
		);
		if (this.starts.size === 0 || latest === Number.NEGATIVE_INFINITY) return before;
		const newest = Math.min(latest, Math.max(now, before?.newest ?? now));
		const from = Math.max(before?.from ?? Number.NEGATIVE_INFINITY, newest - this.lookBack);
		const known = new Map(Object.entries(before?.seen ?? {}));
		for (const [key, start] of this.starts) known.set(key, start ?? newest);
		const seen = Object.fromEntries([...known].filter(([, start]) => start >= from));
		return { newest, from, seen };
	}
}

/**
 * Keeps the latest calls when there are too many. Of a campaign whose calls are dropped, those that started
 * earlier are over: a call that turns up late there isn't returned.
 */
export function boundFeeds(feeds: Feeds): { feeds: Feeds; isCut: boolean } {
	const starts = Object.values(feeds).flatMap(({ seen }) => Object.values(seen));
	const last = starts.sort((a, b) => b - a)[MAX_SEEN];
	if (last === undefined) return { feeds, isCut: false };
	const bounded = Object.entries(feeds).map(([campaign, { newest, from: before, seen: all }]) => {
		const from = Math.max(before, Math.min(last, newest) + 1);
		const seen = Object.fromEntries(Object.entries(all).filter(([, start]) => start >= from));
		return [campaign, { newest, from, seen }] as const;
	});
	return { feeds: Object.fromEntries(bounded), isCut: true };
}

type Remembered = {
	/** Counts the runs that ended well. */
	run: number;
	baseUrl: string;
	feeds: Feeds;
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
	/** Where to begin reading the calls of a campaign for an item; from the first one when not given. */
	begin(campaign: string, lookBack: number): number | undefined;
	/** Takes the calls that such an item has read and nothing has returned before. */
	take(campaign: string, cdrs: readonly Cdr[], lookBack: number): Cdr[];
	/**
	 * Stores what is known of each campaign whose items have all been read.
	 *
	 * @returns whether a call that turns up late can be missed, because there are too many to remember
	 */
	commit(): { isCut: boolean };
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
	const taken = new Map<string, TakenCalls>();
	/** Campaign → its items that have begun and not taken their calls. */
	const open = new Map<string, number>();
	return {
		begin: (campaign, lookBack) => {
			open.set(campaign, (open.get(campaign) ?? 0) + 1);
			return feedStart(known.feeds[campaign], lookBack);
		},
		take: (campaign, cdrs, lookBack) => {
			open.set(campaign, (open.get(campaign) ?? 0) - 1);
			const calls = taken.get(campaign) ?? new TakenCalls(known.feeds[campaign]);
			taken.set(campaign, calls);
			return calls.take(cdrs, lookBack);
		},
		commit: () => {
			const now = Date.now();
			const changed = [...taken].flatMap(([campaign, calls]) => {
				const state = open.get(campaign) === 0 ? calls.stateAfter(now) : undefined;
				return state && state !== known.feeds[campaign] ? [[campaign, state] as const] : [];
			});
			if (changed.length === 0) return { isCut: false };
			const { feeds, isCut } = boundFeeds({ ...known.feeds, ...Object.fromEntries(changed) });
			const remembered: Remembered = { run: known.run + 1, baseUrl, feeds };
			data.calls = remembered;
			if (!isTest) remember(key, { remembered, executionId, at: now });
			return { isCut };
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
