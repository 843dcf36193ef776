import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { byId, run } from '../campaign/support.mts';
import { campaign, importLeads, LEADS, people } from '../leads/support.mts';
import { listen, SECRET } from '../trigger/support.mts';
import type { Told } from './agreement.mts';

/** Calls after which n8n "restarts": a harness keeps all its executions. */
const CALLS_PER_START = 1_000;

/** Imports made-up people into campaign 3 through Voiso Leads. */
export async function importPeople(sandbox: Sandbox, count: number): Promise<void> {
	const { status } = await importLeads({
		sandbox,
		input: people(count),
		options: { minimumInterval: 0 },
	});
	if (status !== 'success') throw new Error('The leads were not imported');
}

/** Time that passes between two calls, in ms: an agent does not take two at once. */
const BETWEEN_CALLS = 300_000;

/** A sandbox whose clock moves with its calls. */
export async function startLoop(): Promise<{ sandbox: Sandbox; dialNext: () => boolean }> {
	let now = Date.parse('2026-03-02T08:00:00.000Z');
	const sandbox = await startSandbox({
		now: () => now,
		minimumInterval: 0,
		processingTime: 0,
		webhookSecret: SECRET,
	});
	const dialNext = () => {
		now += BETWEEN_CALLS;
		return sandbox.dial(1) === 1;
	};
	return { sandbox, dialNext };
}

/**
 * Lets the sandbox call everybody, and takes the events with Voiso Trigger.
 *
 * @param listened calls of which there are events; those after them have none
 */
export async function dialAndListen(
	{ sandbox, dialNext }: Awaited<ReturnType<typeof startLoop>>,
	listened = Infinity,
): Promise<IDataObject[]> {
	const events: IDataObject[] = [];
	let isOver = false;
	for (let calls = 0; calls < listened && !isOver;) {
		const workflow = listen({ events: ['*'] });
		sandbox.options.webhooks = [await workflow.activate()];
		const end = Math.min(calls + CALLS_PER_START, listened);
		for (; calls < end && !isOver; calls++) isOver = !dialNext();
		await sandbox.eventsPosted();
		events.push(...(await workflow.executions()).flat());
		await workflow.close();
	}
	sandbox.options.webhooks = [];
	while (!isOver) isOver = !dialNext();
	return events;
}

/**
 * Asks about the people and lists the calls.
 *
 * @param fromCampaign whether only calls of campaign 3 are listed
 */
export async function askAndList(
	sandbox: Sandbox,
	count: number,
	{ fromCampaign = true } = {},
): Promise<Omit<Told, 'events'>> {
	const asked = await importLeads({
		sandbox,
		input: people(count),
		parameters: { operation: 'getStatus', campaign: campaign(3) },
		options: { minimumInterval: 0 },
	});
	const listed = await run(sandbox, {
		resource: 'call',
		operation: 'getAll',
		returnAll: true,
		...(fromCampaign && { campaign: byId(3) }),
	});
	for (const { error } of [asked, listed]) if (error) throw error;
	return { statuses: asked.json(LEADS), calls: listed.json('Voiso') };
}
