import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveBaseUrl } from '../../../nodes/shared/api/baseUrl.ts';
import { signRequest } from '../../../nodes/shared/api/signRequest.ts';

describe('whatever is entered', () => {
	const piece = fc.oneof(
		fc.constantFrom(
			...[
				'https://',
				'http://',
				'//',
				'\\',
				'/',
				'@',
				'#',
				'?',
				':',
				'.',
				'..',
				'%',
				'%2f',
				'[',
				']',
			],
			...['cc-ams03', 'voiso.com', 'evil.com', 'localhost', '127.0.0.1', '::1', ':443', '\t', '\n'],
			...['\u0441', '\u3002', '\u2044', '\u00ad', ' ', 'user:pass@', 'xn--a', '_', '-', '\u0000'],
		),
		fc.string({ maxLength: 4 }),
	);
	const entered = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));

	it('is refused or an origin with a host that was entered, encrypted unless it is this machine', () => {
		fc.assert(
			fc.property(entered, (clusterId) => {
				const result = resolveBaseUrl(clusterId);
				if (!result.ok) return;
				const url = new URL(result.url);
				expect(url.origin).toBe(result.url);
				if (url.protocol !== 'https:') {
					expect(url.protocol).toBe('http:');
					expect(url.hostname).toMatch(/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/);
				}
				const isAddress = clusterId.includes('://');
				const entered = isAddress ? new URL(clusterId.trim()).host : clusterId.trim().toLowerCase();
				const named = entered.replace(/\.(?=$|:)/, '');
				const suffix = isAddress || named.includes('.') ? '' : '.voiso.com';
				expect(url.host).toBe(named + suffix);
			}),
			{ numRuns: 5000 },
		);
	});

	it('the key is put on no request to another origin', () => {
		fc.assert(
			fc.property(entered, entered, (clusterId, url) => {
				const base = resolveBaseUrl(clusterId);
				const credentials = { clusterId, apiKey: 'secret-key' };
				let signed: ReturnType<typeof signRequest> | undefined;
				try {
					signed = signRequest(credentials, { url });
				} catch (error) {
					expect(String(error)).not.toContain('secret-key');
					return;
				}
				expect(base).toEqual({ ok: true, url: new URL(signed.url).origin });
			}),
			{ numRuns: 5000 },
		);
	});
});
