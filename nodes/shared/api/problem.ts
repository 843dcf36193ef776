import type { Result } from '../result';
import { shorten, toText } from '../text';
import { BLOCKED, NOT_SENT, type HttpResponse, type HttpResult, type NetworkError } from './http';

/** What kind of thing went wrong with a call. */
export type ProblemKind =
	/** 401: the API key is not valid. */
	| 'unauthorized'
	/** 403: the key may not do this. */
	| 'forbidden'
	/** 404: no such resource, or no such path. */
	| 'notFound'
	/** 405: the path does not take this method. */
	| 'methodNotAllowed'
	/** 409 (and 423): the state of the resource does not allow it. */
	| 'conflict'
	/** 422 (and 413): Voiso refuses what was sent. */
	| 'invalid'
	/** Any other 4xx. */
	| 'refused'
	/** 429 (and 425, too early). */
	| 'rateLimited'
	/** 5xx. */
	| 'serverError'
	/** 3xx: the address belongs to something else. */
	| 'redirected'
	/** A response that is no JSON of the expected kind, cut off, or far too large. */
	| 'unreadable'
	/** The pages of a list do not add up to the whole list, however often it is read. */
	| 'incomplete'
	/** The pages of a list come to no end. */
	| 'endless'
	/** A list has rows whose ID can't be used. */
	| 'unusableIds'
	/** The connection was refused or broke. */
	| 'noConnection'
	/** No complete response in time, or 408: the request did not get through in time. */
	| 'timedOut'
	/** The host name does not exist. */
	| 'unknownHost'
	/** The certificate is not to be trusted, or TLS failed. */
	| 'insecure'
	/** n8n's protection against SSRF does not allow requests to the host. */
	| 'blocked'
	/** n8n refused to send the request for another reason, such as a credential that is gone. */
	| 'notSent'
	/** The user stopped the execution. */
	| 'stopped';

/** A call that did not succeed. */
export interface ApiProblem {
	kind: ProblemKind;
	/** HTTP status, when there was an answer. */
	status?: number;
	/** What Voiso said, or n8n where it sent nothing, shortened; empty when that is nothing readable. */
	apiMessage: string;
	/** The messages per field that Voiso gives with 409 and 422. */
	fields: Record<string, string[]>;
	/** Milliseconds that Voiso asked to wait. */
	retryAfter?: number;
	/** Whether the request can have taken effect although it looks failed. */
	maybeApplied: boolean;
	/** Of a list: how many of its rows can be used, and how many it has, where Voiso says so. */
	rows?: { usable?: number; total?: number };
}

/** What came of a call, or the problem. */
export type ApiResult<Good extends object> = Result<Good, { problem: ApiProblem }>;

export type Reading = ApiResult<{ body: unknown }>;

/** A problem of which nothing came over the network. */
export function problemWithoutResponse(kind: ProblemKind, maybeApplied = false): ApiProblem {
	return { kind, apiMessage: '', fields: {}, maybeApplied };
}

/** Deeper than any real answer; what recurses over an answer later must not run out of stack. */
const MAX_DEPTH = 50;
const MAX_API_MESSAGE = 300;
/** More than all fields of 1,000 leads; a response can hold a million, which would block n8n for seconds. */
const MAX_FIELDS = 10_000;

/** The last is how n8n says that a look-up came back with nothing. */
const NAME_FAILURES = new Set(['ENOTFOUND', 'EAI_NODATA', 'EAI_NONAME', 'ERR_ASSERTION']);
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN']);
const TIMEOUTS = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);
const TLS_FAILURE =
	/^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|EPROTO$)/;

const KIND_OF_STATUS: Record<number, ProblemKind> = {
	401: 'unauthorized',
	403: 'forbidden',
	404: 'notFound',
	405: 'methodNotAllowed',
	408: 'timedOut',
	409: 'conflict',
	413: 'invalid',
	422: 'invalid',
	423: 'conflict',
	425: 'rateLimited',
	429: 'rateLimited',
};

/**
 * Turns what came back into a body or a problem.
 *
 * @param isExpected tells whether the body of a successful response is of the kind asked for: any JSON
 * value, or undefined where there is no body at all. A response that is not (a proxy's page with status
 * 200, say) is a problem, not a success
 */
export function readHttpResult(
	exchange: HttpResult,
	isExpected: (body: unknown) => boolean = isObject,
): Reading {
	if (exchange.kind === 'networkError') return { ok: false, problem: networkProblem(exchange) };
	const content = parse(exchange.body);
	if (exchange.status >= 200 && exchange.status < 300) {
		if (content.ok && isExpected(content.body)) return content;
		return { ok: false, problem: problemOf('unreadable', exchange, content) };
	}
	return { ok: false, problem: problemOf(kindOf(exchange.status), exchange, content) };
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** For a call whose success needs no body: an object, or no body at all. */
export function isObjectOrNothing(body: unknown): boolean {
	return body === undefined || isObject(body);
}

function kindOf(status: number): ProblemKind {
	const known = KIND_OF_STATUS[status];
	if (known !== undefined) return known;
	if (status >= 500) return 'serverError';
	return status >= 400 ? 'refused' : 'redirected';
}

function problemOf(kind: ProblemKind, answer: HttpResponse, content: Content): ApiProblem {
	const body = content.ok ? content.body : undefined;
	const fields = errorsByField(body);
	const problem: ApiProblem = {
		kind,
		status: answer.status,
		apiMessage: apiMessageIn(body, fields),
		fields,
		maybeApplied: kind === 'serverError' || kind === 'unreadable',
	};
	if (answer.retryAfter !== undefined) problem.retryAfter = answer.retryAfter;
	return problem;
}

function networkProblem({ code, reason = '' }: NetworkError): ApiProblem {
	const kind = kindOfNetworkError(code);
	return {
		kind,
		apiMessage: shorten(reason, MAX_API_MESSAGE),
		fields: {},
		maybeApplied:
			kind === 'timedOut' ||
			kind === 'stopped' ||
			(kind === 'noConnection' && !NEVER_CONNECTED.has(code)),
	};
}

function kindOfNetworkError(code: string): ProblemKind {
	if (code === 'ERR_CANCELED') return 'stopped';
	if (code === BLOCKED) return 'blocked';
	if (code === NOT_SENT) return 'notSent';
	if (NAME_FAILURES.has(code)) return 'unknownHost';
	if (TIMEOUTS.has(code)) return 'timedOut';
	return TLS_FAILURE.test(code) ? 'insecure' : 'noConnection';
}

type Content = Result<{ body: unknown }, object>;

function parse(text: string | undefined): Content {
	if (text === undefined || depthOf(text) > MAX_DEPTH) return { ok: false };
	if (text.trim() === '') return { ok: true, body: undefined };
	try {
		return { ok: true, body: JSON.parse(text) };
	} catch {
		return { ok: false };
	}
}

/** The nesting of brackets, those inside strings included: an upper bound that costs one pass. */
function depthOf(text: string): number {
	let depth = 0;
	let deepest = 0;
	for (let i = 0; i < text.length; i++) {
		const character = text.charCodeAt(i);
		if (character === 0x5b || character === 0x7b) deepest = Math.max(deepest, ++depth);
		else if (character === 0x5d || character === 0x7d) depth--;
	}
	return deepest;
}

function errorsByField(body: unknown): Record<string, string[]> {
	const errors = isObject(body) ? body.errors : undefined;
	if (!isObject(errors)) return {};
	const fields: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
	for (const [field, messages] of Object.entries(errors).slice(0, MAX_FIELDS)) {
		fields[field] = (Array.isArray(messages) ? messages : [messages]).map(toText);
	}
	return fields;
}

function apiMessageIn(body: unknown, fields: Record<string, string[]>): string {
	const perField = Object.entries(fields)
		.filter(([, says]) => says.length > 0)
		.map(([field, says]) => `${field}: ${says.join(', ')}`);
	if (perField.length > 0) return shorten(perField.join('; '), MAX_API_MESSAGE);
	if (!isObject(body)) return '';
	for (const text of [body.error, body.message, body.errors]) {
		if (typeof text === 'string') return shorten(text, MAX_API_MESSAGE);
		if (Array.isArray(text)) return shorten(text.map(toText).join('; '), MAX_API_MESSAGE);
	}
	return '';
}
