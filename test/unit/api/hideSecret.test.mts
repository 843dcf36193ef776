import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { secretHider, withoutKey } from '../../../nodes/shared/api/hideSecret.ts';

const KEY = 'aB3+/x"\\=%&<k9';

const json = (text: string) => JSON.stringify(text).slice(1, -1);
const unicode = (text: string) =>
	text
		.split('')
		.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
		.join('');
const html = (text: string) =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll('+', '&plus;')
		.replaceAll('/', '&sol;');
const base64 = (text: string) => Buffer.from(text).toString('base64');

const ways: Array<[string, (key: string) => string]> = [
	['as it is', (key) => key],
	['in JSON', json],
	['in JSON with escaped slashes', (key) => json(key).replaceAll('/', '\\/')],
	['in JSON with every character escaped', unicode],
	['in JSON with capital escapes', (key) => unicode(key).toUpperCase().replaceAll('\\U', '\\u')],
	['in JSON within JSON', (key) => json(json(key).replaceAll('/', '\\/'))],
	['in JSON within JSON, escaped', (key) => json(unicode(key))],
	['in an address', encodeURIComponent],
	['in an address, with small letters', (key) => encodeURIComponent(key).toLowerCase()],
	['in an address within an address', (key) => encodeURIComponent(encodeURIComponent(key))],
	['in HTML', (key) => Array.from(key, (char) => `&#${char.codePointAt(0)};`).join('')],
	[
		'in HTML, hexadecimal',
		(key) => Array.from(key, (char) => `&#x${char.codePointAt(0)?.toString(16)};`).join(''),
	],
	['in HTML, by names', html],
	['in HTML within HTML', (key) => html(html(key))],
	['in hexadecimal', (key) => Buffer.from(key).toString('hex')],
	['in base64', base64],
	['in base64 for addresses', (key) => Buffer.from(key).toString('base64url')],
	['in base64 behind others', (key) => base64(`Bearer ${key}`)],
	['in base64 between others', (key) => base64(`user:${key}:x`)],
	['in base64 with escaped slashes', (key) => base64(`Bearer: ${key}`).replaceAll('/', '\\/')],
];

describe.each(ways)('a key that stands %s', (_, write) => {
	test('is hidden in values and names', () => {
		const hide = secretHider(KEY);
		const written = write(KEY);
		const hidden = hide(`{"a ${written} b":"${written}${written}"}`);
		expect(hidden).toContain('***');
		expect(hidden).not.toContain(written);
	});
});

test('a key that n8n names in its reason for not sending a request is hidden', () => {
	const result = { kind: 'networkError', code: 'N8N_NOT_SENT', reason: `Bad: ${KEY}` } as const;
	expect(withoutKey(result, secretHider(KEY))).toEqual({ ...result, reason: 'Bad: ***' });
	const lost = { kind: 'networkError', code: 'ECONNRESET' } as const;
	expect(withoutKey(lost, secretHider(KEY))).toEqual(lost);
});

test.each(ways)('a secret of any letters that stands %s is hidden', (_, write) => {
	const written = write('pässwörd-✓-🔑');
	const hidden = secretHider('pässwörd-✓-🔑')(`a ${written} b`);
	expect(hidden).toContain('***');
	expect(hidden).not.toContain(written);
});

const key = fc.string({
	unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
	minLength: 6,
	maxLength: 80,
});

test('no key is in what JSON gives, however its escapes are written', () => {
	const escapes = fc.array(fc.constantFrom('no', 'json', 'unicode'), {
		minLength: 80,
		maxLength: 80,
	});
	// These two end or escape what they stand in, so they are part of the text before a key or behind it.
	const safe = key.filter((text) => !/^["\\nutbfr]|["\\]$/.test(text));
	fc.assert(
		fc.property(safe, escapes, fc.string(), fc.string(), (text, how, before, after) => {
			const written = Array.from(text, (char, index) =>
				how[index] === 'unicode'
					? unicode(char)
					: how[index] === 'json' && char === '/'
						? '\\/'
						: json(char),
			).join('');
			const hidden = secretHider(text)(
				`{"${json(before)}${written}":["${written}${json(after)}"]}`,
			);
			const parsed = JSON.stringify(JSON.parse(hidden));
			expect(Object.keys(JSON.parse(hidden)).join()).not.toContain(text);
			expect(parsed).not.toContain(json(text));
		}),
		{ numRuns: 500 },
	);
}, 30_000);

test('a text without the key stays as it is', () => {
	fc.assert(
		fc.property(key, fc.json(), (text, body) => {
			fc.pre(!body.toLowerCase().includes(text.toLowerCase()));
			expect(secretHider(text)(body)).toBe(body);
		}),
	);
});

test('a short key is a word like any other', () => {
	expect(secretHider('abcde')('abcde')).toBe('abcde');
	expect(secretHider('abcdef')('abcdef')).toBe('***');
});

test.each([
	['backslashes', '\\'],
	['the beginning of the key', KEY.slice(0, -1)],
	['entities without an end', '&#0000'],
	['escaped percents', '%2525'],
	// With time that grows with the square of the text, each would take hours.
])('10 MB of %s come to an end, unchanged', { timeout: 60_000 }, (_, part) => {
	const text = part.repeat(10_000_000 / part.length);
	expect(secretHider(KEY)(text) === text).toBe(true);
});
