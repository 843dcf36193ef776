import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { WebhookEvent } from '../../nodes/shared/api/generated/voisoApi.types.ts';
import type { CallContext } from './calls.mts';
import { checker, WrongInput } from './check.mts';
import { uuidOf } from './defaultData.mts';
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

/** The contact center of the sandbox. */
const contactCenterId = uuidOf('contact center');

/** An event as Voiso posts it. */
export function envelopeOf(
	event: string,
	secret: string,
	data: object,
	timestamp: string,
): WebhookEvent {
	const object = event.startsWith('agent.') ? 'agent' : 'call';
	return {
		event,
		object,
		timestamp,
		secret,
		contact_center_id: contactCenterId,
		data: { ...data },
	};
}

// Three times as fast as fetch, which counts where a campaign has tens of thousands of events.
const agent = new Agent({ keepAlive: true });

/** How long a webhook may take to answer, in ms. */
const TIMEOUT = 10_000;

/**
 * Posts an event.
 *
 * @throws WrongInput for a URL that is not on this machine or at which nothing answers
 */
export async function postEvent(
	url: string,
	sent: WebhookEvent,
	signal?: AbortSignal,
): Promise<Omit<DeliveryResult, 'sent'>> {
	const target = URL.parse(url);
	if (target?.protocol !== 'http:' || !loopback.has(target.hostname)) {
		throw new WrongInput(`Events are delivered on this machine only, not to ${url}`);
	}
	const body = Buffer.from(JSON.stringify(sent));
	const headers = { 'content-type': 'application/json', 'content-length': body.length };
	const outgoing = request(target, {
		method: 'POST',
		agent,
		headers,
		timeout: TIMEOUT,
		...(signal && { signal }),
	});
	outgoing.once('timeout', () => outgoing.destroy());
	outgoing.end(body);
	try {
		const [answer]: IncomingMessage[] = await once(outgoing, 'response');
		return { status: answer?.statusCode ?? 0, body: answer ? await text(answer) : '' };
	} catch (cause) {
		// The receiver has closed a connection that was idle just when it was used again.
		const isStale = outgoing.reusedSocket && cause instanceof Error && 'code' in cause;
		if (isStale && cause.code === 'ECONNRESET') return await postEvent(url, sent, signal);
		throw new WrongInput(`Nothing answers at ${url}`, { cause });
	}
}

/**
 * Posts an event on demand, and gives the answer back whatever its status.
 *
 * @throws WrongInput as `postEvent` does
 */
export async function deliver(
	{ url, event, secret, data = {}, envelope }: Delivery,
	world: CallContext,
): Promise<DeliveryResult> {
	const id = data.id === undefined ? undefined : String(data.id);
	const sent: WebhookEvent = {
		...envelopeOf(
			event,
			secret ?? world.options.webhookSecret,
			{ ...sampleData(event, world, id), ...data },
			new Date(world.now()).toISOString(),
		),
		...envelope,
	};
	return { ...(await postEvent(url, sent)), sent };
}
