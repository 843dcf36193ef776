import { describe, expect, it } from 'vitest';
import type { HttpResult } from '../../../nodes/shared/api/http.ts';
import {
	readHttpResult,
	type ApiProblem,
	type ProblemKind,
} from '../../../nodes/shared/api/problem.ts';

const answer = (status: number, body: unknown, retryAfter?: number): HttpResult => ({
	kind: 'response',
	status,
	body: typeof body === 'string' ? body : JSON.stringify(body),
	...(retryAfter !== undefined && { retryAfter }),
});

function problemIn(exchange: HttpResult, isExpected?: (body: unknown) => boolean): ApiProblem {
	const reading = readHttpResult(exchange, isExpected);
	if (reading.ok) throw new Error('This is not a problem');
	return reading.problem;
}

describe('an answer with a good status', () => {
	it.each([200, 201, 204, 299])('%i gives its body', (status) => {
		expect(readHttpResult(answer(status, { a: 1 }))).toEqual({ ok: true, body: { a: 1 } });
	});

	it.each(['', ' ', '<html></html>', '{"a":', '[1]', '"text"', '5', 'null', 'true'])(
		'and the body %j is none of the API',
		(body) => {
			expect(problemIn(answer(200, body))).toEqual({
				kind: 'unreadable',
				status: 200,
				apiMessage: '',
				fields: {},
				maybeApplied: true,
			});
		},
	);

	it('and another object than the one asked for is none either', () => {
		const isExpected = (body: unknown) => Array.isArray(body);
		expect(readHttpResult(answer(200, [1]), isExpected)).toEqual({ ok: true, body: [1] });
		expect(problemIn(answer(200, { error: 'Oops' }), isExpected)).toMatchObject({
			kind: 'unreadable',
			apiMessage: 'Oops',
		});
	});

	it('may have no body, where none is expected', () => {
		const isExpected = (body: unknown) => body === undefined;
		for (const body of ['', ' \n']) {
			expect(readHttpResult(answer(204, body), isExpected)).toEqual({ ok: true, body: undefined });
		}
		// What is no JSON is not the same as nothing, and neither is what was too large to be read.
		expect(problemIn(answer(200, '<html>'), isExpected).kind).toBe('unreadable');
		expect(problemIn({ kind: 'response', status: 200 }, isExpected).kind).toBe('unreadable');
	});

	it('is read up to 50 levels', () => {
		const deep = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
		expect(readHttpResult(answer(200, deep(50))).ok).toBe(true);
		expect(problemIn(answer(200, deep(51))).kind).toBe('unreadable');
		const objects = `${'{"a":'.repeat(51)}1${'}'.repeat(51)}`;
		expect(problemIn(answer(200, objects)).kind).toBe('unreadable');
		const wide = { a: Array.from({ length: 100 }, () => [{ b: [] }]) };
		expect(readHttpResult(answer(200, wide)).ok).toBe(true);
	});
});

describe('another status', () => {
	it.each<[number, ProblemKind, boolean]>([
		[301, 'redirected', false],
		[304, 'redirected', false],
		[399, 'redirected', false],
		[400, 'refused', false],
		[401, 'unauthorized', false],
		[402, 'refused', false],
		[403, 'forbidden', false],
		[404, 'notFound', false],
		[405, 'methodNotAllowed', false],
		[406, 'refused', false],
		[408, 'timedOut', false],
		[409, 'conflict', false],
		[413, 'invalid', false],
		[422, 'invalid', false],
		[423, 'conflict', false],
		[425, 'rateLimited', false],
		[429, 'rateLimited', false],
		[499, 'refused', false],
		[500, 'serverError', true],
		[503, 'serverError', true],
		[599, 'serverError', true],
		[199, 'redirected', false],
	])('%i is %s', (status, kind, maybeApplied) => {
		expect(problemIn(answer(status, ''))).toEqual({
			kind,
			status,
			apiMessage: '',
			fields: {},
			maybeApplied,
		});
	});

	it('carries how long to wait, even no time at all', () => {
		expect(problemIn(answer(429, '', 1500)).retryAfter).toBe(1500);
		expect(problemIn(answer(503, '', 0)).retryAfter).toBe(0);
		expect(problemIn(answer(429, ''))).not.toHaveProperty('retryAfter');
	});
});

describe('what Voiso said', () => {
	const said = (body: unknown) => problemIn(answer(422, body)).apiMessage;

	it.each<[unknown, string]>([
		[{ error: 'Bad Request' }, 'Bad Request'],
		[{ message: 'No' }, 'No'],
		[{ errors: 'No' }, 'No'],
		[{ errors: ['No', 'and no', 5] }, 'No; and no; 5'],
		[{ error: ['a', 'b'] }, 'a; b'],
		[{ error: 'one', message: 'two' }, 'one'],
		[{ error: 5, message: 'two' }, 'two'],
		[
			{ errors: { name: ['is long', 'is odd'], url: 'is bad' } },
			'name: is long, is odd; url: is bad',
		],
		[{ errors: { name: ['x'] }, error: 'one' }, 'name: x'],
		[{ errors: {} }, ''],
		[{ errors: { base: [] } }, ''],
		[{ errors: { base: [], name: ['x'] } }, 'name: x'],
		[{ errors: null }, ''],
		[{ error: '  many\n\tlines  ' }, 'many lines'],
		[['error'], ''],
		['error', ''],
		[{ error: { deep: 1 } }, ''],
	])('in %j is %j', (body, text) => {
		expect(said(body)).toBe(text);
	});

	it('is cut after 300 characters', () => {
		expect(said({ error: 'x'.repeat(300) })).toBe('x'.repeat(300));
		expect(said({ error: 'x'.repeat(301) })).toBe(`${'x'.repeat(299)}…`);
	});

	it.each<[unknown, string]>([
		[{ errors: { name: [{ toString: 1 }] } }, 'name: {"toString":1}'],
		[{ errors: { name: { toString: null } } }, 'name: {"toString":null}'],
		[{ errors: [{ toString: 1 }, null, true] }, '{"toString":1}; ; true'],
	])('in %j does not matter in kind', (body, text) => {
		expect(said(body)).toBe(text);
	});

	it('per field is kept, under any name', () => {
		const body = '{"errors":{"__proto__":["a"],"name":["b",5],"url":"c","toString":["d"]}}';
		const { fields } = problemIn(answer(409, body));
		expect(Object.entries(fields)).toEqual([
			['__proto__', ['a']],
			['name', ['b', '5']],
			['url', ['c']],
			['toString', ['d']],
		]);
	});
});

describe('no answer', () => {
	it.each<[string, ProblemKind, boolean]>([
		['ERR_CANCELED', 'stopped', true],
		['ENOTFOUND', 'unknownHost', false],
		['EAI_NODATA', 'unknownHost', false],
		['EAI_NONAME', 'unknownHost', false],
		['ECONNABORTED', 'timedOut', true],
		['ETIMEDOUT', 'timedOut', true],
		['ESOCKETTIMEDOUT', 'timedOut', true],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'insecure', false],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'insecure', false],
		['CERT_HAS_EXPIRED', 'insecure', false],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'insecure', false],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'insecure', false],
		['SELF_SIGNED_CERT_IN_CHAIN', 'insecure', false],
		['HOSTNAME_MISMATCH', 'insecure', false],
		['EPROTO', 'insecure', false],
		['EPROTOTYPE', 'noConnection', true],
		['A_CERT_', 'noConnection', true],
		['ECONNREFUSED', 'noConnection', false],
		['EHOSTUNREACH', 'noConnection', false],
		['ENETUNREACH', 'noConnection', false],
		['EAI_AGAIN', 'noConnection', false],
		['ECONNRESET', 'noConnection', true],
		['EPIPE', 'noConnection', true],
		['UNKNOWN', 'noConnection', true],
		['N8N_SSRF_BLOCKED', 'blocked', false],
		['N8N_NOT_SENT', 'notSent', false],
		['ERR_ASSERTION', 'unknownHost', false],
	])('for %s is %s', (code, kind, maybeApplied) => {
		const exchange: HttpResult = { kind: 'networkError', code };
		expect(problemIn(exchange)).toEqual({ kind, apiMessage: '', fields: {}, maybeApplied });
	});

	it('looks at a bounded number of fields', () => {
		const errors = Object.fromEntries(Array.from({ length: 50_000 }, (_, place) => [place, 'x']));
		const exchange: HttpResult = {
			kind: 'response',
			status: 422,
			body: JSON.stringify({ errors }),
		};
		const fields = Object.keys(problemIn(exchange)?.fields ?? {});
		expect(fields).toContain('999');
		expect(fields.length).toBeLessThanOrEqual(10_000);
	});

	it('carries the reason that n8n gives', () => {
		const exchange: HttpResult = { kind: 'networkError', code: 'N8N_NOT_SENT', reason: 'No\n key' };
		expect(problemIn(exchange)).toMatchObject({ kind: 'notSent', apiMessage: 'No key' });
	});
});
