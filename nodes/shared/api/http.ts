import {
	UnexpectedError,
	UserError,
	type IExecuteFunctions,
	type IHookFunctions,
	type IHttpRequestMethods,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IN8nHttpFullResponse,
	type IPollFunctions,
} from 'n8n-workflow';
import { toText } from '../text';
import type { Clock } from '../throttle/throttle';
import { retryAfterMs } from './retryAfter';

/** Every n8n context from which a node talks to Voiso. */
export type ApiContext =
	IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions | IHookFunctions;

/** One call of the API. `path` begins with a slash and holds no unescaped input. */
export interface ApiRequest {
	method: IHttpRequestMethods;
	path: string;
	query?: Record<string, string | number | boolean>;
	/** Already serialised JSON. */
	body?: string;
	/** Milliseconds for the whole call, from the look-up of the host to the last byte of the response. */
	timeout?: number;
}

/** Why no response came. */
export interface NetworkError {
	kind: 'networkError';
	/** Node's or axios's own (`ECONNREFUSED`, `ERR_CANCELED`, …), {@link BLOCKED} or {@link NOT_SENT}. */
	code: string;
	/** n8n's own words, when it refused to send the request. */
	reason?: string;
}

/** The code when n8n's protection against SSRF does not allow the host. */
export const BLOCKED = 'N8N_SSRF_BLOCKED';
/** The code when n8n did not send the request for another reason that no retry helps against. */
export const NOT_SENT = 'N8N_NOT_SENT';

export interface HttpResponse {
	kind: 'response';
	/** HTTP status. */
	status: number;
	/** The body as text: who reads it decides whether it is JSON. Missing when it was far too large. */
	body?: string;
	/** Milliseconds that the response asks to wait, from its `Retry-After`. */
	retryAfter?: number;
}

export type HttpResult = HttpResponse | NetworkError;

/**
 * What a request carries beside n8n's own options. n8n puts the execution's signal over `abortSignal`, so
 * the signal that ends the socket of a call travels here, and `signRequest` puts it in its place.
 */
export interface CallOptions {
	callSignal?: AbortSignal;
}

/** What sending a request needs beside n8n. */
export interface CallLimits {
	clock: Clock;
	/** Aborted when the user stops the execution. */
	signal?: AbortSignal | undefined;
}

const DEFAULT_TIMEOUT = 30_000;
/** Larger than any real response: 1,000 numbers are some 20 KB, 1,000 calls some 2 MB. */
const MAX_BYTES = 10_000_000;
/** More levels of causes than n8n and axios put around an error. */
const MAX_CAUSES = 5;

/**
 * Sends one request and reports what came back. Whatever goes wrong is a result, not an exception,
 * because most callers decide themselves whether to try again. Never follows a redirect: the API has none,
 * and the key must not travel to another host.
 */
export async function sendRequest(
	context: ApiContext,
	baseUrl: string,
	request: ApiRequest,
	limits: CallLimits,
): Promise<HttpResult> {
	const { httpRequestWithAuthentication } = context.helpers;
	return await makeCall(
		async (callSignal) =>
			await httpRequestWithAuthentication.call(
				context,
				'voisoApi',
				toOptions(baseUrl, request, callSignal),
			),
		request.timeout ?? DEFAULT_TIMEOUT,
		limits,
	);
}

/**
 * Makes a call that ends: after its limit at the latest, however slowly the server sends, and at once when the
 * user stops the execution.
 *
 * @param send gives a full response whose body is a stream; the signal ends its socket
 * @param limit in milliseconds
 */
export async function makeCall(
	send: (callSignal: AbortSignal) => Promise<unknown>,
	limit: number,
	{ clock, signal }: CallLimits,
): Promise<HttpResult> {
	if (signal?.aborted) return { kind: 'networkError', code: 'ERR_CANCELED' };
	const call = new AbortController();
	const end = () => call.abort();
	signal?.addEventListener('abort', end, { once: true });
	try {
		return await Promise.race([
			exchange(async () => await send(call.signal)),
			clock.sleep(limit, call.signal).then((isOver): NetworkError => {
				return { kind: 'networkError', code: isOver ? 'ETIMEDOUT' : 'ERR_CANCELED' };
			}),
		]);
	} finally {
		signal?.removeEventListener('abort', end);
		end();
	}
}

function toOptions(
	baseUrl: string,
	request: ApiRequest,
	callSignal: AbortSignal,
): IHttpRequestOptions & CallOptions {
	const options: IHttpRequestOptions & CallOptions = {
		method: request.method,
		url: `${baseUrl}${request.path}`,
		headers: { Accept: 'application/json' },
		// Read here, so that the size is limited while it comes.
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		callSignal,
	};
	if (request.query !== undefined) options.qs = request.query;
	if (request.body !== undefined) {
		options.headers = { ...options.headers, 'Content-Type': 'application/json' };
		// Bytes, because axios parses all of a text to see whether it is JSON.
		options.body = Buffer.from(request.body);
	}
	return options;
}

async function exchange(send: () => Promise<unknown>): Promise<HttpResult> {
	try {
		return await toHttpResponse((await send()) as IN8nHttpFullResponse);
	} catch (error) {
		return toNetworkError(error);
	}
}

async function toHttpResponse({
	statusCode,
	headers,
	body,
}: IN8nHttpFullResponse): Promise<HttpResponse> {
	const response: HttpResponse = { kind: 'response', status: statusCode };
	const wait = retryAfterMs(headers, Date.now());
	if (wait !== undefined) response.retryAfter = wait;
	const text = await readBody(body);
	if (text !== undefined) response.body = text;
	return response;
}

/**
 * Reads the body of a response, as it comes from n8n's request helpers, up to 10 MB. A longer one is not
 * read further: its stream is destroyed, and its connection with it.
 *
 * @returns undefined when it is too large
 * @throws what the stream fails with when the connection breaks
 */
async function readBody(body: unknown): Promise<string | undefined> {
	if (typeof body === 'string') return body.length > MAX_BYTES ? undefined : body;
	if (!isStream(body)) return '';
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		if (size > MAX_BYTES) return undefined;
		chunks.push(chunk);
	}
	// Without the byte order mark, which is no JSON.
	return new TextDecoder().decode(Buffer.concat(chunks));
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** n8n wraps the error of the connection, and axios the one of a look-up. */
function toNetworkError(error: unknown): NetworkError {
	let code = 'UNKNOWN';
	for (const each of causesOf(error)) {
		if (isFinal(each)) {
			const isBlocked = toText(each.name).startsWith('SsrfBlocked');
			const reason = [each.message, each.description].map(toText).filter((text) => text !== '');
			return {
				kind: 'networkError',
				code: isBlocked ? BLOCKED : NOT_SENT,
				reason: reason.join('. '),
			};
		}
		const named = [each.code, each.httpCode].find((name) => typeof name === 'string' && name);
		// The innermost is the connection's own.
		if (typeof named === 'string') code = named;
	}
	return { kind: 'networkError', code };
}

interface Cause {
	name?: unknown;
	message?: unknown;
	description?: unknown;
	code?: unknown;
	httpCode?: unknown;
}

function causesOf(error: unknown): Cause[] {
	const causes: Cause[] = [];
	let cause = error;
	while (typeof cause === 'object' && cause !== null && causes.length < MAX_CAUSES) {
		causes.push(cause);
		cause = Reflect.get(cause, 'cause');
	}
	return causes;
}

/** n8n marks the errors that no retry helps against, such as those of its protection against SSRF. */
const NON_RETRYABLE = Symbol.for('n8n.backend-network.non-retryable-error');

/** Whether an error is n8n's own refusal to send the request, rather than one of the connection. */
function isFinal(error: object): boolean {
	return (
		Reflect.get(error, NON_RETRYABLE) === true ||
		error instanceof UserError ||
		error instanceof UnexpectedError
	);
}
