import { describe, expect, it } from 'vitest';
import { readApiKey } from '../../../nodes/shared/api/apiKey.ts';
import { API_KEY } from '../../../nodes/shared/api/messages.ts';

describe('an API key', () => {
	it.each([
		['k', 'k'],
		[' key\n', 'key'],
		['Bearer key', 'key'],
		['bearer  key ', 'key'],
		['bearer', 'bearer'],
		['bearerkey', 'bearerkey'],
		['!"#$%&\'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~', '!"#$%&\'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~'],
	])('entered as %j is sent as %j', (entered, key) => {
		expect(readApiKey(entered)).toEqual({ ok: true, key });
	});

	it.each([undefined, null, 5, '', ' \n'])('%j is empty', (entered) => {
		expect(readApiKey(entered)).toEqual({ ok: false, reason: API_KEY.empty });
	});

	it.each([
		'two words',
		'x Bearer key',
		'a\tb',
		'a\r\nHost: x',
		'schl\u00fcssel',
		'a\u007f',
		'\u0000a',
	])('%j cannot be one', (entered) => {
		expect(readApiKey(entered)).toEqual({
			ok: false,
			reason: API_KEY.unsupportedCharacter,
		});
	});
});
