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

	const refused: Record<string, unknown[]> = {
		'no web address': [
			'javascript:alert(1)',
			'JaVaScRiPt:alert(1)//https://crm.example',
			'java\nscript:alert(1)',
			'data:text/html,<script>',
			'ftp://crm.example',
			'//crm.example',
			'/leads/1',
			'crm.example/leads',
			'https:crm.example',
			'https:///crm.example',
			42,
			{ url: 'https://crm.example' },
			['https://crm.example'],
		],
		'blanks, control characters or backslashes': [
			'https://crm.example/a b',
			'https://crm.example/a\tb',
			'https://crm.example\\@evil.example',
			'https://crm.example/\u0000',
			'https://crm.example/\uD83D',
			'https://crm.example/\uDE00a',
		],
		'no address for a browser': ['https://?', 'https://crm.example:99999/'],
	};
	/** The reason without the value that it ends with. */
	const reasonFor = (url: unknown) => String(sent({ source_url: url })).replace(/, got .*/s, '');

	it.each(Object.entries(refused))('is refused for one reason: %s', (_, urls) => {
		for (const url of urls) expect(sent({ source_url: url })).toEqual(refusal('source_url'));
		expect(new Set(urls.map(reasonFor)).size).toBe(1);
	});

	it('is refused for another reason in each kind', () => {
		expect(new Set(Object.values(refused).map(([url]) => reasonFor(url))).size).toBe(3);
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
