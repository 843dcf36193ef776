import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { readCampaignIds } from '../campaignIds';
import { isNew } from './deliveries';
import { readEnvelope } from './envelope';
import { isWanted, type EventFilter } from './filter';
import { readSecret } from './secret';
import { simplifyEvent } from './simplify';

/**
 * Takes in an event: 401 without the secret, 400 for what is no event, 200 for all others, of which
 * those that are wanted and new start the workflow.
 *
 * The node answers by itself and at once. Left to n8n 2, the answer comes after the execution has been
 * set up, which discards what is remembered of deliveries before it is saved.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const reading = readEnvelope(context.getBodyData(), await readSecret(context));
	if (!reading.ok) return answer(context, reading.status, { error: reading.why });
	const { envelope } = reading;
	const received = answer(context, 200, { received: true });
	if (!isWanted(envelope, readFilter(context))) return received;
	// While somebody tests, an event that the active workflow has seen is as good as any other.
	if (context.getMode() !== 'manual' && !isNew(context, envelope)) return received;
	const json = context.getNodeParameter('simplify') === true ? simplifyEvent(envelope) : envelope;
	return { ...received, workflowData: [[{ json }]] };
}

function answer(context: IWebhookFunctions, status: number, body: object): IWebhookResponseData {
	const response = context.getResponseObject();
	response.statusCode = status;
	response.setHeader('Content-Type', 'application/json');
	response.end(JSON.stringify(body));
	return { noWebhookResponse: true };
}

function readFilter(context: IWebhookFunctions): EventFilter {
	const { campaignIds, live } = context.getNodeParameter('filters') as IDataObject;
	return {
		events: [context.getNodeParameter('events')].flat().map(String),
		campaignIds: readCampaignIds(context.getNode(), campaignIds),
		live: typeof live === 'boolean' ? live : undefined,
	};
}
