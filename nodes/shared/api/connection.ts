import { NodeOperationError } from 'n8n-workflow';
import { realClock } from '../throttle/clock';
import type { Clock } from '../throttle/throttle';
import { readApiKey } from './apiKey';
import { resolveBaseUrl } from './baseUrl';
import { API_KEY_REMEDY, CREDENTIAL } from './messages';
import { secretHider, withoutKey } from './hideSecret';
import { sendRequest, type ApiContext, type ApiRequest, type HttpResult } from './http';

/** The way to one cluster with one credential, for the length of one execution. */
export interface Connection {
	/** Scheme and host, without a slash at the end. */
	baseUrl: string;
	/** What people know the address by, such as `cc-ams03.voiso.com`. */
	host: string;
	/** Sends one request; see {@link sendRequest}. No response that it gives holds the API key. */
	send(request: ApiRequest): Promise<HttpResult>;
	clock: Clock;
	/** Aborted when the user stops the execution. */
	signal?: AbortSignal;
	/** Milliseconds after which a call is not tried again. */
	maxDelay: number;
}

/** Somebody looks at a spinning list in the editor; an execution has more time. */
const MAX_DELAY_IN_EDITOR = 5_000;
const MAX_DELAY_IN_EXECUTION = 60_000;

/**
 * Reads the credential, once, and decides where requests go.
 *
 * @throws NodeOperationError when the cluster ID or the API key can't be used
 */
export async function connect(context: ApiContext): Promise<Connection> {
	const credentials = await context.getCredentials('voisoApi');
	const baseUrl = resolveBaseUrl(credentials.clusterId);
	if (!baseUrl.ok) {
		throw new NodeOperationError(context.getNode(), CREDENTIAL.clusterId, {
			description: baseUrl.reason,
		});
	}
	const apiKey = readApiKey(credentials.apiKey);
	if (!apiKey.ok) {
		throw new NodeOperationError(context.getNode(), CREDENTIAL.apiKey, {
			description: `${apiKey.reason}. ${API_KEY_REMEDY}`,
		});
	}
	const signal = cancelSignal(context);
	const hideKey = secretHider(apiKey.key);
	return {
		baseUrl: baseUrl.url,
		host: new URL(baseUrl.url).host,
		send: async (request) =>
			withoutKey(
				await sendRequest(context, baseUrl.url, request, { clock: realClock, signal }),
				hideKey,
			),
		clock: realClock,
		maxDelay: isExecution(context) ? MAX_DELAY_IN_EXECUTION : MAX_DELAY_IN_EDITOR,
		...(signal && { signal }),
	};
}

function isExecution(context: ApiContext): boolean {
	return 'getExecutionCancelSignal' in context;
}

function cancelSignal(context: ApiContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
