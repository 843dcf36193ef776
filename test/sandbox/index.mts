import fastify from 'fastify';
import type { Campaign } from '../../nodes/shared/api/generated/voisoApi.types.ts';
import { apiKeys, contactCenterToken } from './api/keys.mts';
import { apiRoot, serveApi } from './apiServer.mts';
import type { NewCall, PlacedCall } from './calls.mts';
import { serveControl } from './control.mts';
import type { NewCampaign } from './defaultData.mts';
import { type Delivery, deliver, type DeliveryResult } from './deliver.mts';
import type { Faults } from './faults.mts';
import type { SandboxOptions } from './options.mts';
import { servePage } from './page/servePage.mts';
import type { SandboxReport } from './report.mts';
import { type EventDelivery } from './webhooks.mts';
import { type SandboxState, World } from './world.mts';

export { apiKeys };
export type { CampaignReport, SandboxReport } from './report.mts';
export type { EventDelivery };
export type { Delivery, DeliveryResult, NewCampaign, SandboxOptions, SandboxState };
export type { NewCall, PlacedCall } from './calls.mts';
export type { Fault } from './faults.mts';
export type { LeadRequest } from './rules/leadRequests.mts';

/** A running mock server (sandbox) for Voiso. What it can do is there over HTTP too, under `/_sandbox`. */
export interface Sandbox {
	/** `http://127.0.0.1:<port>`, without a path: what a credential takes as cluster id. */
	url: string;
	/** A key with all scopes. */
	apiKey: string;
	/** Keys by what they may do. */
	apiKeys: typeof apiKeys;
	/** The token of the contact center, which only the dialer v1 API takes. */
	contactCenterToken: string;
	/** The switches; a change counts from the next request on. */
	options: SandboxOptions;
	faults: Pick<Faults, 'add' | 'clear' | 'list'>;
	/** Adds campaigns: live, active and with one agent unless they say otherwise. */
	addCampaigns(...campaigns: NewCampaign[]): Campaign[];
	/** Changes fields of a campaign, `users` too. */
	changeCampaign(id: number, change: Omit<NewCampaign, 'id'>): Campaign;
	deleteCampaign(id: number): void;
	/** Adds calls, as if they had been made: CDRs, contact statuses and links to recordings. */
	addCalls(...calls: NewCall[]): PlacedCall[];
	/** All calls, in the order in which they were made. */
	calls(): PlacedCall[];
	/**
	 * Lets the dialer place calls at once: until there is nobody left to call, or as many as given.
	 *
	 * @returns how many it placed
	 */
	dial(calls?: number): number;
	/** Waits until no event is on its way to a webhook. */
	eventsPosted(): Promise<void>;
	/** The events for webhooks, in the order in which they came up. */
	events(): EventDelivery[];
	/** What clients have done. `leads: false` leaves the stored leads out. */
	report(options?: { leads?: boolean }): SandboxReport;
	/** What there is now. */
	state(): SandboxState;
	/** Back to the data and options of the start: no leads, no faults, an empty report. */
	reset(): void;
	/** Posts an event to a webhook on this machine. */
	deliver(
		url: string,
		event: string,
		rest?: Omit<Delivery, 'url' | 'event'>,
	): Promise<DeliveryResult>;
	/** Ends all connections and waits. */
	close(): Promise<void>;
}

/** Switches of the start, the port (a free one unless it is given) and the time in ms since 1970. */
export type StartOptions = Partial<SandboxOptions> & { port?: number; now?: () => number };

/** How often the dialer looks whether calls are due, in ms. */
const TICK = 50;

/**
 * Starts a sandbox on 127.0.0.1.
 *
 * @throws when the port is in use or an option is not one
 */
export async function startSandbox({
	port = 0,
	now,
	...options
}: StartOptions = {}): Promise<Sandbox> {
	const closing = new AbortController();
	const world = new World(options, closing.signal, now);
	const app = fastify({
		forceCloseConnections: true,
		bodyLimit: 100_000_000,
		exposeHeadRoutes: false,
		// URLs are refused by the option `urlLimit` only.
		http: { maxHeaderSize: 1_000_000 },
	});
	app.setNotFoundHandler(async (_request, reply) => reply.code(404).send({ error: 'Not found' }));
	await app.register(async (page) => servePage(page, world));
	await app.register(async (api) => serveApi(api, { world, closing: closing.signal }), {
		prefix: apiRoot,
	});
	await app.register(async (control) => serveControl(control, world), { prefix: '/_sandbox' });
	const url = await listen(app, port);
	world.url = url;
	const ticker = setInterval(() => world.dialer.tick(performance.now()), TICK);
	return {
		url,
		apiKey: apiKeys.full,
		apiKeys,
		contactCenterToken,
		options: world.options,
		faults: world.faults,
		addCampaigns: (...campaigns) => world.store.addCampaigns(campaigns),
		changeCampaign: (id, change) => world.store.changeCampaign(id, change),
		deleteCampaign: (id) => world.store.deleteCampaign(id),
		addCalls: (...calls) => world.store.addCalls(calls),
		calls: () => structuredClone(world.store.calls),
		dial: (calls) => world.dialer.dial(calls),
		eventsPosted: async () => world.webhooks.settled(),
		events: () => structuredClone(world.webhooks.deliveries),
		report: (what) => world.report(what),
		state: () => world.state(),
		reset: () => world.reset(),
		deliver: async (to, event, rest) => deliver({ url: to, event, ...rest }, world),
		close: async () => {
			closing.abort();
			clearInterval(ticker);
			await app.close();
		},
	};
}

async function listen(
	app: { listen(options: { host: string; port: number }): Promise<string> },
	port: number,
): Promise<string> {
	try {
		return await app.listen({ host: '127.0.0.1', port });
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (code === 'EADDRINUSE') {
			throw new Error(`Port ${port} is in use: choose another, or 0 for a free one`, {
				cause: error,
			});
		}
		throw error;
	}
}
