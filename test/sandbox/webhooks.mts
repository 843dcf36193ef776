import { setTimeout as sleep } from 'node:timers/promises';
import type { WebhookEvent } from '../../nodes/shared/api/generated/voisoApi.types.ts';
import { envelopeOf, postEvent } from './deliver.mts';
import type { SandboxOptions } from './options.mts';

/** Voiso gives an event up when it has failed so often. */
const ATTEMPTS = 5;
/** Requests at once. */
const AT_ONCE = 8;

/** An event on its way to a webhook, or there. */
export interface EventDelivery {
	/** Counts from 1. */
	id: number;
	url: string;
	sent: WebhookEvent;
	/** `inactive`: given up after five failures. */
	status: 'pending' | 'delivered' | 'inactive';
	attempts: number;
	/** Why the latest attempt failed. */
	reason: string | null;
	created_at: string;
	last_attempt_at: string | null;
}

/** Posts events to the webhooks of the options, and keeps what was posted. */
export class Webhooks {
	readonly deliveries: EventDelivery[] = [];
	private readonly options: SandboxOptions;
	private readonly now: () => number;
	private readonly closing: AbortSignal;
	private readonly queue: EventDelivery[] = [];
	private open = 0;
	private idle = Promise.withResolvers<void>();

	constructor(options: SandboxOptions, now: () => number, closing: AbortSignal) {
		this.options = options;
		this.now = now;
		this.closing = closing;
	}

	/** Forgets all events; those on their way are not posted again. */
	reset(): void {
		this.deliveries.length = 0;
		this.queue.length = 0;
	}

	/** Posts an event to each webhook, soon. */
	post(event: string, makeData: () => object): void {
		const { webhooks, webhookEvents, webhookSecret } = this.options;
		const isWanted = webhookEvents.length === 0 || webhookEvents.includes(event);
		if (webhooks.length === 0 || !isWanted) return;
		const time = new Date(this.now()).toISOString();
		const sent = envelopeOf(event, webhookSecret, makeData(), time);
		for (const url of webhooks) {
			const delivery: EventDelivery = {
				id: this.deliveries.length + 1,
				url,
				sent,
				status: 'pending',
				attempts: 0,
				reason: null,
				created_at: time,
				last_attempt_at: null,
			};
			this.deliveries.push(delivery);
			this.queue.push(delivery);
		}
		this.pump();
	}

	/** Posts an event that was given up again. */
	retrigger(delivery: EventDelivery): void {
		delivery.status = 'pending';
		delivery.attempts = 0;
		delivery.reason = null;
		this.queue.push(delivery);
		this.pump();
	}

	/** Waits until no event is on its way. */
	async settled(): Promise<void> {
		if (this.open > 0 || this.queue.length > 0) await this.idle.promise;
	}

	private pump(): void {
		while (this.open < AT_ONCE && this.queue.length > 0 && !this.closing.aborted) {
			const delivery = this.queue.shift();
			if (!delivery) return;
			this.open++;
			void this.deliver(delivery).finally(() => {
				this.open--;
				this.pump();
			});
		}
		if (this.open > 0 || this.queue.length > 0) return;
		this.idle.resolve();
		this.idle = Promise.withResolvers();
	}

	/** Tries until it is there or given up; never throws. */
	private async deliver(delivery: EventDelivery): Promise<void> {
		while (!this.closing.aborted) {
			delivery.attempts++;
			delivery.last_attempt_at = new Date(this.now()).toISOString();
			const reason = await this.attempt(delivery);
			delivery.reason = reason;
			if (reason === null) delivery.status = 'delivered';
			else if (delivery.attempts >= ATTEMPTS) delivery.status = 'inactive';
			if (delivery.status !== 'pending') return;
			await sleep(this.options.webhookRetry, undefined, { signal: this.closing }).catch(() => {});
		}
	}

	/** @returns why it failed, or null */
	private async attempt({ url, sent }: EventDelivery): Promise<string | null> {
		try {
			const { status } = await postEvent(url, sent, this.closing);
			return status >= 200 && status < 300 ? null : `HTTP ${status}`;
		} catch (error) {
			return error instanceof Error ? error.message : String(error);
		}
	}
}
