import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { readCampaignIds } from '../campaignIds';
import { isNew } from './deliveries';
import { readEnvelope } from './envelope';
import { isWanted, type EventFilter } from './filter';
import { readSecret } from './secret';
import { simplifyEvent } from './simplify';

/**
 * Takes in an event: 401 without the secret, 400 for what is no event, 200 for all others, of which
 * those that are wanted and new start the workflow. n8n answers itself as soon as it has started.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const reading = readEnvelope(context.getBodyData(), await readSecret(context));
	if (!reading.ok) return refuse(context, reading.status, reading.why);
	const { envelope } = reading;
	if (!isWanted(envelope, readFilter(context))) return {};
	// While somebody tests, an event that the active workflow has seen is as good as any other.
	if (context.getMode() !== 'manual' && !isNew(context, envelope)) return {};
	const json = context.getNodeParameter('simplify') === true ? simplifyEvent(envelope) : envelope;
	return { workflowData: [[{ json }]] };
}

function refuse(context: IWebhookFunctions, status: number, why: string): IWebhookResponseData {
	const response = context.getResponseObject();
	response.statusCode = status;
	response.setHeader('Content-Type', 'application/json');
	response.end(JSON.stringify({ error: why }));
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
