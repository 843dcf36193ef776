import type { Fault } from '../sandbox/index.mts';

/** Everything that can go wrong with a call, with the API key in the answer wherever there is one. */
export function failuresThatEcho(key: string): Record<string, Fault> {
	const said = `The token Bearer ${key} was not accepted`;
	const headers = { 'www-authenticate': `Bearer token="${key}"`, 'x-request-token': key };
	const status = (status: number, body: unknown, more: Record<string, string> = {}): Fault => ({
		kind: 'status',
		status,
		body,
		headers: { ...headers, ...more },
	});
	const json = (code: number) => status(code, { error: said, token: key });
	const fields = (code: number) =>
		status(code, { errors: { base: [said], [`token ${key}`]: [key] }, request: { key } });
	const page = (code: number) =>
		status(code, `<html><title>${key}</title><body>${said}</body></html>`, {
			'content-type': 'text/html',
		});
	return {
		'400': json(400),
		'401': json(401),
		'403': json(403),
		'404': json(404),
		'405': json(405),
		'406': fields(406),
		'409': fields(409),
		'413': page(413),
		'422': fields(422),
		'429': json(429),
		'429 with a long Retry-After': status(429, { error: said }, { 'retry-after': '86400' }),
		'500': json(500),
		'502 with a page': page(502),
		'503': json(503),
		'a page with status 200': page(200),
		'other JSON with status 200': status(200, { token: key, leads_import: key }),
		'a redirect to another host': { kind: 'redirect' },
		'a redirect with the key in its address': status(307, '', {
			location: `http://localhost:1/?token=${key}`,
		}),
		'cut-off JSON': { kind: 'cutOff' },
		'a broken connection': { kind: 'cutOff', abrupt: true },
		'a reset': { kind: 'reset' },
		'a reset after the work': { kind: 'reset', when: 'after' },
		'nested JSON': { kind: 'nested' },
		'50 MB': { kind: 'large' },
	};
}
