import { createHash } from 'node:crypto';
import type { IWebhookFunctions } from 'n8n-workflow';
import type { Envelope } from './envelope';

/** Deliveries that a process remembers of one node, and those that also outlive the process. */
const REMEMBERED = 5_000;
const STORED = 500;

/** Workflow and node → the latest deliveries that started something, oldest first. */
const recent = new Map<string, Set<string>>();

/**
 * Remembers a delivery.
 *
 * It is stored in the workflow's static data, which n8n loads for each request and saves when it is
 * answered, so that a restart forgets nothing. Deliveries that arrive together do not see each other
 * there: for them there is the memory of the process.
 *
 * @returns false when it came before
 */
export function isNew(context: IWebhookFunctions, envelope: Envelope): boolean {
	const identity = identify(envelope);
	const known = knownDeliveries(context);
	if (known.has(identity)) return false;
	known.add(identity);
	for (const oldest of known) {
		if (known.size <= REMEMBERED) break;
		known.delete(oldest);
	}
	context.getWorkflowStaticData('node').deliveries = [...known].slice(-STORED);
	return true;
}

function knownDeliveries(context: IWebhookFunctions): Set<string> {
	const key = `${context.getWorkflow().id}/${context.getNode().id}`;
	const { deliveries } = context.getWorkflowStaticData('node');
	const stored = Array.isArray(deliveries) ? deliveries.map(String) : [];
	const known = new Set([...stored, ...(recent.get(key) ?? [])]);
	recent.set(key, known);
	return known;
}

/**
 * The same event with the same data is one that came before. Of a call, the time of the envelope does
 * not count, as it may be the one of the delivery; a message may well be sent twice, so there it does.
 */
function identify({ event, timestamp, data }: Envelope): string {
	const parts = event.includes('.call.') ? [event, data] : [event, timestamp, data];
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}
