import { createHash } from 'node:crypto';
import type { FunctionsBase } from 'n8n-workflow';
import { toText } from '../../shared/text';
import type { Envelope } from './envelope';

type NodeContext = Pick<FunctionsBase, 'getWorkflow' | 'getNode' | 'getWorkflowStaticData'>;

/** Latest deliveries of a node that are kept: in the process, and in the workflow's static data. */
const IN_MEMORY = 1_000;
const STORED = 500;
/** Nodes whose deliveries the process keeps. The one that has been quiet for longest goes first. */
const NODES = 100;

/** Workflow and node → the latest deliveries that triggered the workflow, oldest first. */
const recent = new Map<string, Set<string>>();

/**
 * Remembers a delivery.
 *
 * It is stored in the workflow's static data, which n8n loads for each request and saves after it, so that
 * a restart forgets nothing. Deliveries that arrive together don't see each other there: for them there is
 * the memory of the process.
 *
 * @returns false when the same event was delivered before
 */
export function isNew(context: NodeContext, envelope: Envelope): boolean {
	const data = context.getWorkflowStaticData('node');
	const known = knownDeliveries(keyOf(context), data.deliveries);
	const identity = identify(envelope);
	if (known.has(identity)) return false;
	known.add(identity);
	dropOldest(known, IN_MEMORY);
	data.deliveries = [...known].slice(-STORED);
	return true;
}

/** Frees the memory of a node that isn't active any more. What is stored stays. */
export function forgetDeliveries(context: NodeContext): void {
	recent.delete(keyOf(context));
}

/** What is stored and not in memory comes from before a restart, or from another process a moment ago. */
function knownDeliveries(key: string, stored: unknown): Set<string> {
	const known = recent.get(key) ?? new Set();
	for (const each of Array.isArray(stored) ? stored.slice(-STORED) : []) known.add(toText(each));
	recent.delete(key);
	recent.set(key, known);
	dropOldest(recent, NODES);
	return known;
}

function keyOf(context: NodeContext): string {
	return `${context.getWorkflow().id}/${context.getNode().id}`;
}

/** Maps and sets keep the order in which they were filled. */
function dropOldest(
	entries: { size: number; keys(): Iterable<string>; delete(key: string): boolean },
	max: number,
): void {
	for (const oldest of entries.keys()) {
		if (entries.size <= max) break;
		entries.delete(oldest);
	}
}

/**
 * The same event with the same data is a delivery of the same event. The time of the envelope doesn't count
 * where the data tells the event from others, as it may be the time of the delivery; a message may well
 * be sent twice, so there it does. Neither does the query of a link, which is its signature.
 */
function identify({ event, timestamp, data }: Envelope): string {
	const isUnique = `.${event}`.includes('.call.') || data.activity_timestamp !== undefined;
	const parts = isUnique ? [event, data] : [event, timestamp, data];
	const text = JSON.stringify(parts, (_key, value: unknown) =>
		typeof value === 'string' ? value.replace(/^(https?:\/\/[^?#]*)[?#].*$/, '$1') : value,
	);
	return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
