import { describe, expect, it } from 'vitest';
import { refusal, sent } from './sent.mts';

describe('source_url', () => {
	it.each([
		'https://crm.example/leads/1?a=b&c=%20#top',
		'http://crm.example:8080/leads',
		'HTTPS://CRM.example/',
		'https://crm.example',
		'https://münchen.example/kontakt/ä',
		'https://crm.example/😀',
		'http://[::1]/leads',
		'https://crm.example/@ann?to=a@b.example',
	])('%s is sent as given', (url) => {
		expect(sent({ source_url: ` ${url}\n` })).toEqual({ source: { url } });
	});

	it.each([
		['javascript:alert(1)', 'a full address that starts with https:// or http://'],
		['JaVaScRiPt:alert(1)//https://crm.example', 'a full address that starts with'],
		['java\nscript:alert(1)', 'a full address that starts with'],
		['data:text/html,<script>', 'a full address that starts with'],
		['ftp://crm.example', 'a full address that starts with'],
		['//crm.example', 'a full address that starts with'],
		['/leads/1', 'a full address that starts with'],
		['crm.example/leads', 'a full address that starts with'],
		['https:crm.example', 'a full address that starts with'],
		['https:///crm.example', 'a full address that starts with'],
		[42, 'a full address that starts with'],
		[{ url: 'https://crm.example' }, 'a full address that starts with'],
		[['https://crm.example'], 'a full address that starts with'],
		['https://crm.example/a b', 'an address without blanks, control characters or backslashes'],
		['https://crm.example/a\tb', 'an address without blanks'],
		['https://crm.example\\@evil.example', 'an address without blanks'],
		['https://crm.example/\u0000', 'an address without blanks'],
		['https://crm.example/\uD83D', 'an address without blanks'],
		['https://crm.example/\uDE00a', 'an address without blanks'],
		['https://?', 'an address that a browser can open'],
		['https://crm.example:99999/', 'an address that a browser can open'],
	])('%j is refused', (url, expected) => {
		expect(sent({ source_url: url })).toMatch(new RegExp(`^source_url must be ${expected}`));
	});

	it.each([
		'https://user:secret@crm.example',
		'https://crm.example@evil.example',
		'https://:x@a.b',
		'https://user@crm.example',
	])('%s is refused, and its password is not repeated', (url) => {
		expect(sent({ source_url: url })).toEqual(refusal('source_url'));
		expect(sent({ source_url: url })).not.toContain('//');
	});
});

describe('source', () => {
	it('holds both the system and the address', () => {
		expect(sent({ source_system: 'crm', source_url: 'https://crm.example/1' })).toEqual({
			source: { system: 'crm', url: 'https://crm.example/1' },
		});
	});
});
