import type { HttpResponse, HttpResult } from './http';

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
	/** An answer that is no JSON of the expected kind, cut off, or far too large. */
	| 'unreadable'
	/** The connection was refused or broke. */
	| 'noConnection'
	/** No answer in time, or 408: the request did not get through in time. */
	| 'timedOut'
	/** The host name does not exist. */
	| 'unknownHost'
	/** The certificate is not to be trusted, or TLS failed. */
	| 'insecure'
	/** The user stopped the execution. */
	| 'stopped';

/** A call that did not succeed. */
export interface ApiProblem {
	kind: ProblemKind;
	/** HTTP status, when there was an answer. */
	status?: number;
	/** What Voiso apiMessage, shortened; empty when it said nothing readable. */
	apiMessage: string;
	/** The messages per field that Voiso gives with 409 and 422. */
	fields: Record<string, string[]>;
	/** Milliseconds that Voiso asked to wait. */
	retryAfter?: number;
	/** Whether the request can have taken effect although it looks failed. */
	maybeApplied: boolean;
}

export type Reading = { ok: true; body: unknown } | { ok: false; problem: ApiProblem };

/** Larger than any real answer (1,000 numbers are some 20 KB, a page of 100 campaigns some 100 KB). */
const MAX_ANSWER_CHARACTERS = 10_000_000;
/** Deeper than any real answer; what recurses over an answer later must not run out of stack. */
const MAX_DEPTH = 50;
const MAX_SAID = 300;

const NAME_FAILURES = new Set(['ENOTFOUND', 'EAI_NODATA', 'EAI_NONAME']);
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
 * @param isExpected tells whether a successful answer's body is of the kind asked for; an answer
 * that is not (a proxy's page with status 200, say) is a problem, not a success
 */
export function readHttpResult(
	exchange: HttpResult,
	isExpected: (body: unknown) => boolean = isObject,
): Reading {
	if (exchange.kind === 'networkError')
		return { ok: false, problem: networkProblem(exchange.code) };
	const body = parse(exchange.body);
	if (exchange.status >= 200 && exchange.status < 300) {
		if (isExpected(body)) return { ok: true, body };
		return { ok: false, problem: problemOf('unreadable', exchange, body) };
	}
	return { ok: false, problem: problemOf(kindOf(exchange.status), exchange, body) };
}

export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(status: number): ProblemKind {
	const known = KIND_OF_STATUS[status];
	if (known !== undefined) return known;
	if (status >= 500) return 'serverError';
	return status >= 400 ? 'refused' : 'redirected';
}

function problemOf(kind: ProblemKind, answer: HttpResponse, body: unknown): ApiProblem {
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

function networkProblem(code: string): ApiProblem {
	const kind = kindOfNetworkError(code);
	return {
		kind,
		apiMessage: '',
		fields: {},
		maybeApplied:
			kind === 'timedOut' ||
			kind === 'stopped' ||
			(kind === 'noConnection' && !NEVER_CONNECTED.has(code)),
	};
}

function kindOfNetworkError(code: string): ProblemKind {
	if (code === 'ERR_CANCELED') return 'stopped';
	if (NAME_FAILURES.has(code)) return 'unknownHost';
	if (TIMEOUTS.has(code)) return 'timedOut';
	return TLS_FAILURE.test(code) ? 'insecure' : 'noConnection';
}

function parse(text: string): unknown {
	if (text.length > MAX_ANSWER_CHARACTERS || depthOf(text) > MAX_DEPTH) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
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
	for (const [field, messages] of Object.entries(errors)) {
		fields[field] = (Array.isArray(messages) ? messages : [messages]).map(String);
	}
	return fields;
}

function apiMessageIn(body: unknown, fields: Record<string, string[]>): string {
	const perField = Object.entries(fields)
		.filter(([, says]) => says.length > 0)
		.map(([field, says]) => `${field}: ${says.join(', ')}`);
	if (perField.length > 0) return shorten(perField.join('; '));
	if (!isObject(body)) return '';
	for (const text of [body.error, body.message, body.errors]) {
		if (typeof text === 'string') return shorten(text);
		if (Array.isArray(text)) return shorten(text.map(String).join('; '));
	}
	return '';
}

function shorten(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > MAX_SAID ? `${line.slice(0, MAX_SAID)}…` : line;
}
