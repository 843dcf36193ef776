import { randomUUID } from 'node:crypto';
import type { CallEventData, WebhookEvent } from '../../nodes/shared/api/voisoApi.types.ts';
import { checker, WrongInput } from './check.mts';

/** An event to post to a webhook. */
export interface Delivery {
	/** Where to; on this machine only. */
	url: string;
	/** Such as `dialer.call.ended`. */
	event: string;
	/** The shared secret that the envelope carries. */
	secret?: string;
	/** Of a call: replaces keys of a sample; of other events: the whole. */
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

function sampleCall(): CallEventData {
	return {
		id: randomUUID(),
		type: 'dialer',
		start_time: '2025-03-04T10:30:00.000Z',
		agent_start_time: '2025-03-04T10:30:08.000Z',
		duration: { total: 62, dialing_time: 6, dialer_waiting: 2 },
		calling_number: '442071838750',
		called_number: '447911123456',
		cdr_url: 'https://cc-ams03.voiso.com/cdr/sample',
		agent: { id: 1, name: 'Ada Allen', email: 'ada.allen@example.com', extension: '1001' },
		campaign: { id: 3, name: 'Spring Sale', is_live: true },
	};
}

/**
 * Posts an event as Voiso does, and gives the answer back whatever its status.
 *
 * @throws WrongInput for a URL that is not on this machine or at which nothing answers
 */
export async function deliver(delivery: Delivery): Promise<DeliveryResult> {
	const { url, event, secret = 'shared-secret', data = {}, envelope = {} } = delivery;
	if (!URL.canParse(url) || !loopback.has(new URL(url).hostname)) {
		throw new WrongInput(`Events are delivered on this machine only, not to ${url}`);
	}
	const sent: WebhookEvent = {
		event,
		object: 'call',
		timestamp: new Date().toISOString(),
		secret,
		contact_center_id: 42,
		data: event.includes('.call.') ? { ...sampleCall(), ...data } : data,
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
