import { problemWithoutResponse } from '../../shared/api/problem';
import { Slots } from '../../shared/throttle/slots';
import { settle } from '../settle';
import type { Plan } from '../plan';
import type { CampaignPlan, Settled } from '../types';
import { CampaignSender } from './campaignSender';
import type { BatchResponse, CampaignEffort, CircuitBreaker, SendContext } from './types';

/** More would only crowd n8n's own event loop. */
const OPEN_REQUESTS = 20;

/** Ends the other campaigns when something in this node goes wrong with one. */
const DEFECT = problemWithoutResponse('stopped');

/** The context of an execution that has found out nothing yet. */
export function newSendContext(given: Omit<SendContext, 'breaker' | 'slots'>): SendContext {
	const breaker: CircuitBreaker = {
		reached: false,
		openedBy: undefined,
		closedCampaigns: new Map(),
		outOfTimeInARow: new Map(),
		updateMethod: undefined,
	};
	return { ...given, breaker, slots: new Slots(OPEN_REQUESTS) };
}

/**
 * Sends a plan and settles each response as it comes: campaigns side by side, the batches of one campaign one
 * after the other. Whatever the network does is a result; after an abort nothing is sent any more, and what is
 * left is reported as stopped.
 *
 * @param onResult is called once for every position of every campaign
 */
export async function send(
	context: SendContext,
	plan: Plan,
	onResult: (position: number, campaignId: string, settled: Settled) => void,
): Promise<CampaignEffort[]> {
	const { action, campaigns, leadAt } = plan;
	const batches = campaigns.reduce((most, each) => Math.max(most, each.batches.length), 0);
	const progress = { done: 0, total: countLeads(plan), batches };
	const onResponse = (response: BatchResponse) => {
		const { campaignId, positions } = response;
		const phones = positions.map((position) => leadAt(position).phone_number);
		settle(response, phones, action).forEach((settled, place) => {
			const position = positions[place];
			if (position !== undefined) onResult(position, campaignId, settled);
		});
		progress.done += positions.length;
		context.onProgress({ ...progress }, response);
	};
	const efforts: CampaignEffort[] = [];
	const defects: unknown[] = [];
	const sendTo = async (campaign: CampaignPlan) => {
		try {
			efforts.push(await new CampaignSender(context, plan, campaign, onResponse).send());
		} catch (error) {
			// All of them end before the node does.
			defects.push(error);
			context.breaker.openedBy ??= DEFECT;
		}
	};
	const sending: Array<Promise<void>> = [];
	for (const campaign of campaigns) {
		if (context.pauses.isDue()) await context.pauses.take();
		sending.push(sendTo(campaign));
		// One that isn't sent to ends now rather than with all the others, when nobody looks at the clock.
		await Promise.resolve();
	}
	await Promise.all(sending);
	if (defects.length > 0) throw defects[0];
	return efforts;
}

function countLeads({ campaigns }: Plan): number {
	let count = 0;
	for (const { batches } of campaigns) {
		for (const { positions } of batches) count += positions.length;
	}
	return count;
}
