import type { WebhookEvent } from '../../nodes/shared/api/generated/voisoApi.types.ts';
import type { CallContext } from './calls.mts';
import { checker, WrongInput } from './check.mts';
import { sampleData } from './events.mts';

/** An event to post to a webhook. */
export interface Delivery {
	/** Where to; on this machine only. */
	url: string;
	/** Such as `dialer.call.ended`. */
	event: string;
	/** The shared secret that the envelope carries. */
	secret?: string;
	/** Replaces keys of a sample, which there is of calls and agents; of other events the whole. */
	data?: Record<string, unknown>;
	/** Replaces keys of the envelope. */
	envelope?: Record<string, unknown>;
}

/** What the webhook answered, and what it was sent. */
export interface DeliveryResult {
	status: number;
	body: string;
	sent: WebhookEvent;
}

export const checkDelivery: (value: unknown) => asserts value is Delivery = checker('delivery', {
	type: 'object',
	required: ['url', 'event'],
	additionalProperties: false,
	properties: {
		url: { type: 'string' },
		event: { type: 'string' },
		secret: { type: 'string' },
		data: { type: 'object' },
		envelope: { type: 'object' },
	},
});

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Posts an event as Voiso does, and gives the answer back whatever its status.
 *
 * @throws WrongInput for a URL that is not on this machine or at which nothing answers
 */
export async function deliver(delivery: Delivery, context: CallContext): Promise<DeliveryResult> {
	const { url, event, secret = 'shared-secret', data = {}, envelope = {} } = delivery;
	if (!URL.canParse(url) || !loopback.has(new URL(url).hostname)) {
		throw new WrongInput(`Events are delivered on this machine only, not to ${url}`);
	}
	const id = data.id === undefined ? undefined : String(data.id);
	const sent: WebhookEvent = {
		event,
		object: event.startsWith('agent.') ? 'agent' : 'call',
		timestamp: new Date().toISOString(),
		secret,
		contact_center_id: 42,
		data: { ...sampleData(event, context, id), ...data },
		...envelope,
	};
	const answer = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(sent),
		redirect: 'manual',
	}).catch((cause: unknown) => {
		throw new WrongInput(`Nothing answers at ${url}`, { cause });
	});
	return { status: answer.status, body: await answer.text(), sent };
}
