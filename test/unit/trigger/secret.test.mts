import type { ICredentialTestFunctions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { isSecret, webhookSecretTest } from '../../../nodes/VoisoTrigger/events/secret.ts';

describe('isSecret', () => {
	it.each([
		['s3cret', 's3cret', true],
		['schlüssel-✓', 'schlüssel-✓', true],
		['s3cret', 's3cre', false],
		['s3cret', 's3cret!', false],
		['s3cret', 'S3CRET', false],
		['s3cret', '', false],
		['', '', false],
		['s3cret', undefined, false],
		['s3cret', null, false],
		['5', 5, false],
		['s3cret', ['s3cret'], false],
	])('%j for %j: %s', (secret, given, expected) => {
		expect(isSecret(given, secret)).toBe(expected);
	});
});

describe('the test of the credential', () => {
	const test = async (secret: unknown) =>
		await webhookSecretTest.call({} as ICredentialTestFunctions, {
			id: '1',
			name: 'Voiso Webhook API',
			type: 'voisoWebhookApi',
			...(secret === undefined ? {} : { data: { secret: String(secret) } }),
		});

	it('says whether there is a secret, and not what it is', async () => {
		expect(await test('s3cret')).toMatchObject({ status: 'OK' });
		expect((await test('s3cret')).message).not.toContain('s3cret');
		expect(await test(' ')).toMatchObject({ status: 'Error' });
		expect(await test(undefined)).toMatchObject({ status: 'Error' });
	});
});
