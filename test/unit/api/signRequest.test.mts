import type { IHttpRequestOptions } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { API_KEY, CLUSTER_ID, CREDENTIAL } from '../../../nodes/shared/api/messages.ts';
import { signRequest } from '../../../nodes/shared/api/signRequest.ts';

const credentials = { clusterId: 'cc-ams03', apiKey: 'secret-key' };
const base = 'https://cc-ams03.voiso.com';
const sign = (
	options: Parameters<typeof signRequest>[1],
): ReturnType<typeof signRequest> & { uri?: string } => signRequest(credentials, options);

test('sends a relative URL to the cluster, with the key', () => {
	expect(sign({ url: '/api/v4/campaigns', qs: { limit: 1 } })).toMatchObject({
		url: `${base}/api/v4/campaigns`,
		qs: { limit: 1 },
		headers: { Authorization: 'Bearer secret-key' },
	});
});

test('takes the addresses that belong to the cluster', () => {
	expect(sign({ url: `${base}/api/v4/users` }).url).toBe(`${base}/api/v4/users`);
	expect(sign({ url: 'users', baseURL: `${base}/api/v4/` })).toEqual(
		expect.objectContaining({ url: `${base}/api/v4/users` }),
	);
	expect(sign({ url: 'users', baseURL: `${base}/api/v4/` })).not.toHaveProperty('baseURL');
	expect(sign({ url: `${base.toUpperCase()}/api/v4/users` }).url).toBe(`${base}/api/v4/users`);
	expect(sign({ url: `${base}:443/api/v4/users` }).url).toBe(`${base}/api/v4/users`);
});

test('takes the older options of the HTTP Request node', () => {
	// What that node hands over has `uri` and no `url`.
	const older = { uri: `${base}/api/v4/users` } as IHttpRequestOptions & { uri: string };
	expect(sign(older)).toMatchObject({
		uri: `${base}/api/v4/users`,
		followRedirect: false,
		followAllRedirects: false,
	});
	const relative = { uri: '/api/v4/users' } as IHttpRequestOptions & { uri: string };
	expect(sign(relative).uri).toBe(`${base}/api/v4/users`);
	expect(sign({ url: '/api/v4/users' })).not.toHaveProperty('uri');
});

test.each([
	['users/a:b', `${base}/api/v4/`, '/api/v4/users/a:b'],
	['1a:b', `${base}/api/v4`, '/api/v4/1a:b'],
	['//users//me', `${base}/api/v4//`, '/api/v4/users//me'],
])('joins %j to the base URL %j', (url, baseURL, path) => {
	expect(sign({ url, baseURL }).url).toBe(`${base}${path}`);
});

test.each([
	'https://cc-rtm01.voiso.com/api/v4/campaigns',
	'https://evil.example/api/v4/campaigns',
	'http://cc-ams03.voiso.com/api/v4/campaigns',
	'https://cc-ams03.voiso.com@evil.example/',
	'https://cc-ams03.voiso.com.evil.example/',
	'https://cc-ams03.voiso.com:8443/',
	'//evil.example/',
	'/\\evil.example/',
	'\\\\evil.example/',
	'\t//evil.example/',
	'javascript:alert(1)',
	'data:text/plain,x',
	'http://[',
])('does not sign a request to %j', (url) => {
	expect(() => sign({ url })).toThrow(CREDENTIAL.otherHost(base));
	expect(() => sign({ uri: url } as IHttpRequestOptions & { uri: string })).toThrow(
		CREDENTIAL.otherHost(base),
	);
});

test('does not let a base URL lead elsewhere', () => {
	expect(() => sign({ url: '/api', baseURL: 'https://evil.example' })).toThrow(
		CREDENTIAL.otherHost(base),
	);
	expect(() => sign({ url: '@evil.example', baseURL: base })).not.toThrow();
	expect(sign({ url: '@evil.example', baseURL: base }).url).toBe(`${base}/@evil.example`);
});

test('does not follow redirects and lets nobody put in another key', () => {
	const signed = sign({ url: '/', headers: { authorization: 'Bearer other', Accept: 'a' } });
	expect(signed.headers).toEqual({ Accept: 'a', Authorization: 'Bearer secret-key' });
	expect(signed).toMatchObject({
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
	});
});

test('puts the signal of a call in the place where n8n had put its own', () => {
	const { signal: callSignal } = new AbortController();
	const { signal: abortSignal } = new AbortController();
	expect(sign({ url: '/', abortSignal, callSignal })).toHaveProperty('abortSignal', callSignal);
	expect(sign({ url: '/', abortSignal, callSignal })).not.toHaveProperty('callSignal');
	expect(sign({ url: '/', abortSignal })).toHaveProperty('abortSignal', abortSignal);
});

describe('a credential that cannot be used', () => {
	test.each([
		[{ clusterId: '', apiKey: 'k' }, CLUSTER_ID.empty()],
		[
			{ clusterId: 'http://cc-ams03.voiso.com', apiKey: 'k' },
			CLUSTER_ID.notEncrypted('http://cc-ams03.voiso.com', 'cc-ams03.voiso.com'),
		],
		[{ clusterId: 'cc-ams03', apiKey: ' ' }, API_KEY.empty],
		[{ clusterId: 'cc-ams03', apiKey: 'a b' }, API_KEY.unsupportedCharacter],
		[{ clusterId: 'cc-ams03', apiKey: 'a\nHost: x' }, API_KEY.unsupportedCharacter],
		[{ clusterId: 'cc-ams03', apiKey: 'schlüssel' }, API_KEY.unsupportedCharacter],
	])('%j says what is wrong', (bad, message) => {
		expect(() => signRequest(bad, { url: '/' })).toThrow(message);
	});

	test('does not mind what copying takes along', () => {
		const signed = signRequest({ clusterId: ' cc-ams03\n', apiKey: ' Bearer key\n' }, { url: '/' });
		expect(signed.headers).toEqual({ Authorization: 'Bearer key' });
	});
});
