import type {
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
	JsonObject,
} from 'n8n-workflow';
import { retryAfterMs } from './retryAfter';

/** Every n8n context from which a node talks to Voiso. */
export type ApiContext =
	| IExecuteFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| IHookFunctions;

/** One call of the API. `path` begins with a slash and holds no unescaped input. */
export interface ApiRequest {
	method: IHttpRequestMethods;
	path: string;
	query?: Record<string, string | number | boolean>;
	/** Already serialised JSON. */
	body?: string;
	/** Milliseconds until a call without an answer counts as hung. */
	timeout?: number;
}

/** Why no answer came. `code` is Node's or axios's own (`ECONNREFUSED`, `ERR_CANCELED`, …). */
export interface NetworkError {
	kind: 'networkError';
	code: string;
}

export interface HttpResponse {
	kind: 'response';
	/** HTTP status. */
	status: number;
	/** The body as text: who reads it decides whether it is JSON. */
	body: string;
	/** Milliseconds that the answer asks to wait, from its `Retry-After`. */
	retryAfter?: number;
}

export type HttpResult = HttpResponse | NetworkError;

const DEFAULT_TIMEOUT = 30_000;

/**
 * Sends one request and reports what came back; a failed connection is a result, not an exception,
 * because most callers decide themselves whether to try again.
 *
 * Never follows a redirect: the API has none, and the key must not travel to another host.
 * n8n ends the request itself when the user stops the execution (`ERR_CANCELED`).
 */
export async function sendRequest(
	context: ApiContext,
	baseUrl: string,
	request: ApiRequest,
): Promise<HttpResult> {
	const options: IHttpRequestOptions = {
		method: request.method,
		url: `${baseUrl}${request.path}`,
		headers: { Accept: 'application/json' },
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: request.timeout ?? DEFAULT_TIMEOUT,
	};
	if (request.query !== undefined) options.qs = request.query;
	if (request.body !== undefined) {
		options.headers = { ...options.headers, 'Content-Type': 'application/json' };
		// Bytes, because axios parses all of a text to see whether it is JSON.
		options.body = Buffer.from(request.body);
	}
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			context,
			'voisoApi',
			options,
		)) as IN8nHttpFullResponse;
		const answer: HttpResponse = {
			kind: 'response',
			status: response.statusCode,
			body: typeof response.body === 'string' ? response.body : '',
		};
		const wait = retryAfterMs(response.headers?.['retry-after'], Date.now());
		if (wait !== undefined) answer.retryAfter = wait;
		return answer;
	} catch (error) {
		return { kind: 'networkError', code: failureCode(error as JsonObject) };
	}
}

/** n8n wraps the connection's error; its code sits in `httpCode` or on the cause. */
function failureCode(error: JsonObject): string {
	const cause = error.cause as { code?: unknown; message?: unknown } | undefined;
	for (const code of [cause?.code, error.code, error.httpCode]) {
		if (typeof code === 'string' && code !== '') return code;
	}
	return 'UNKNOWN';
}
