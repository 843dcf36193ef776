import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isNew } from './deliveries';
import { readEnvelope } from './envelope';
import { isWanted, readEventFilter } from './filter';
import { readSecret } from './secret';
import { simplifyEvent } from './simplify';

/**
 * Receives an event: 401 without the secret, 400 for what is no event, 200 for all others. Those that pass
 * the filter and are new trigger the workflow.
 *
 * The node responds by itself and at once. Left to n8n 2, the response comes after the execution has been
 * set up, which discards what is remembered of deliveries before it is saved. Nothing that can fail comes
 * after the 200: Voiso sends an event again only when the response says that it failed.
 *
 * @throws NodeOperationError when the filter can't be used; n8n responds with 500
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const reading = readEnvelope(context.getBodyData(), await readSecret(context));
	if (!reading.ok) return respond(context, reading.status, { error: reading.why });
	const { envelope } = reading;
	const filter = readEventFilter(context);
	const json = context.getNodeParameter('simplify') === true ? simplifyEvent(envelope) : envelope;
	// In a test, an event that the active workflow has received is as good as any other.
	const isTest = context.getMode() === 'manual';
	const triggers = isWanted(envelope, filter) && (isTest || isNew(context, envelope));
	const response = respond(context, 200, { received: true });
	return triggers ? { ...response, workflowData: [[{ json }]] } : response;
}

function respond(context: IWebhookFunctions, status: number, body: object): IWebhookResponseData {
	const response = context.getResponseObject();
	response.statusCode = status;
	response.setHeader('Content-Type', 'application/json');
	response.end(JSON.stringify(body));
	return { noWebhookResponse: true };
}
