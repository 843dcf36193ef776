import { describe, expect, it } from 'vitest';
import { resolveBaseUrl } from '../../../nodes/shared/api/baseUrl.ts';
import { CLUSTER_ID } from '../../../nodes/shared/api/messages.ts';

const refusal = (clusterId: unknown): string => {
	const result = resolveBaseUrl(clusterId);
	return result.ok ? `is taken for ${result.url}` : result.reason;
};

describe('what a user may enter', () => {
	it.each([
		['cc-ams03', 'https://cc-ams03.voiso.com'],
		['  CC-AMS03\n', 'https://cc-ams03.voiso.com'],
		['acme', 'https://acme.voiso.com'],
		['7', 'https://7.voiso.com'],
		['a'.repeat(63), `https://${'a'.repeat(63)}.voiso.com`],
		['cc-ams03.voiso.com', 'https://cc-ams03.voiso.com'],
		['Voiso.Example.ORG', 'https://voiso.example.org'],
		['https://cc-ams03.voiso.com', 'https://cc-ams03.voiso.com'],
		['https://cc-ams03.voiso.com.', 'https://cc-ams03.voiso.com'],
		['https://cc-ams03.voiso.com.:8443/x', 'https://cc-ams03.voiso.com:8443'],
		['cc-ams03.voiso.com.', 'https://cc-ams03.voiso.com'],
		['http://localhost.:4010', 'http://localhost:4010'],
		['HTTPS://CC-ams03.voiso.com/campaigns/3?page=2#leads', 'https://cc-ams03.voiso.com'],
		['https://cc-ams03.voiso.com:443/', 'https://cc-ams03.voiso.com'],
		['https://cc-ams03.voiso.com:8443/', 'https://cc-ams03.voiso.com:8443'],
		['http://localhost:4010/', 'http://localhost:4010'],
		['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
		['http://127.8.9.10', 'http://127.8.9.10'],
		['http://[::1]:4010', 'http://[::1]:4010'],
	])('%j leads to %s', (clusterId, url) => {
		expect(resolveBaseUrl(clusterId)).toEqual({ ok: true, url });
	});
});

describe('what does not name an address', () => {
	it.each([undefined, null, 3, {}, ['cc-ams03'], '', ' \t\n'])('%j is empty', (clusterId) => {
		expect(refusal(clusterId)).toBe(CLUSTER_ID.empty());
	});

	it.each([
		'evil.com/',
		'evil.com/cc-ams03',
		'evil.com?',
		'evil.com#',
		'x#',
		'x?',
		'x/',
		'x/../y',
		'x:443',
		'evil.com:443',
		'x@y',
		'x@evil.com',
		'user:secret@evil.com',
		'//',
		'//evil.com',
		'///evil.com',
		'/\\evil.com',
		'\\\\evil.com',
		'https:\\\\evil.com',
		'https:evil.com',
		'https:/evil.com',
		'evil.com\\',
		'evil.com\\@cc-ams03.voiso.com',
		'.',
		'..',
		'.evil.com',
		'evil.com..',
		'evil.',
		'evil..com',
		'-x',
		'x-',
		'-.evil.com',
		'a'.repeat(64),
		'x_y',
		'x%2eevil.com',
		'%',
		'ftp://evil.com',
		'file:///etc/passwd',
		'javascript:alert(1)',
		'data:text/plain,x',
		'https//evil.com',
	])('%j is neither a cluster ID nor a host name nor an address', (clusterId) => {
		expect(refusal(clusterId)).toBe(CLUSTER_ID.noAddress(clusterId));
	});

	it.each([
		['a Cyrillic с', '\u0441c-ams03'],
		['a Greek ο', 'v\u03bfiso.com'],
		['a full-width letter', '\uff43c-ams03'],
		['a full-width dot', 'evil\u3002com'],
		['a fraction slash', 'cc-ams03.voiso.com\u2044x'],
		['a soft hyphen', 'cc\u00adams03'],
		['a zero-width space', 'cc\u200bams03'],
		['a right-to-left mark', '\u202ecc-ams03'],
		['a look-alike in an address', 'https://cc-ams03.v\u03bfiso.com'],
		['a space', 'cc ams03'],
		['a tab in an address', 'https://cc-ams03\t.voiso.com'],
		['a line break', 'cc-ams03\r\nHost: evil.com'],
		['a zero byte', 'cc-ams03\u0000'],
	])('%s is unusual', (_, clusterId) => {
		expect(refusal(clusterId)).toBe(CLUSTER_ID.unsupportedCharacter());
	});

	it.each([
		'https://',
		'https://.',
		'https://evil.com..',
		'https://?',
		'https://%',
		'https://[',
		'https://a^b',
		'http://127.0.0.1:x',
	])('%j is no valid address', (clusterId) => {
		expect(refusal(clusterId)).toBe(CLUSTER_ID.noAddress(clusterId));
	});

	it.each([
		'https://user@cc-ams03.voiso.com',
		'https://:secret@cc-ams03.voiso.com',
		'https://cc-ams03.voiso.com@evil.com/',
		'https://cc-ams03.voiso.com%2f@evil.com/',
	])('%j holds a user name or a password', (clusterId) => {
		expect(refusal(clusterId)).toBe(CLUSTER_ID.withPassword());
	});

	it.each([
		'http://cc-ams03.voiso.com',
		'http://localhost.evil.com',
		'http://evil-localhost',
		'http://127.0.0.1.evil.com',
		'http://128.0.0.1',
		'http://0.0.0.0',
		'http://10.0.0.1',
		'http://169.254.169.254',
		'http://[::2]',
		'http://[::ffff:127.0.0.1]',
	])('%j would show the key to everybody on the way', (clusterId) => {
		const { origin, host } = new URL(clusterId);
		expect(refusal(clusterId)).toBe(CLUSTER_ID.notEncrypted(origin, host));
	});

	it.each(['0127.0.0.1', '127.1', '1.2.3.4.5', '256.0.0.1', 'evil.1', 'x.0x7f'])(
		'%j would be read as another host, or as none',
		(clusterId) => {
			expect(refusal(clusterId)).toBe(CLUSTER_ID.noHost(clusterId));
		},
	);
});
