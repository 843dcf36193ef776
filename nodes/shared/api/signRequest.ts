import {
	UserError,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { readApiKey } from './apiKey';
import { resolveBaseUrl } from './baseUrl';
import type { CallOptions } from './http';
import { API_KEY_REMEDY, CREDENTIAL } from './messages';

/** The HTTP Request node still sends with n8n's older options, which name things differently. */
interface OlderOptions {
	uri?: string;
	followRedirect?: boolean;
	followAllRedirects?: boolean;
}

/**
 * Completes a request with the address and the API key of a credential. A relative URL goes to the
 * credential's cluster.
 *
 * The key is put on nothing else: a request to another origin is refused, and a redirect is not
 * followed, because n8n would take the key along. This is also the last to see the options before n8n
 * sends them, so the signal of a call of our own gets its place here.
 *
 * @throws UserError when the credential or the URL can't be used
 */
export function signRequest(
	credentials: ICredentialDataDecryptedObject,
	{ callSignal, ...options }: IHttpRequestOptions & OlderOptions & CallOptions,
): IHttpRequestOptions {
	const baseUrl = resolveBaseUrl(credentials.clusterId);
	if (!baseUrl.ok) throw new UserError(baseUrl.reason);
	const apiKey = readApiKey(credentials.apiKey);
	if (!apiKey.ok) throw new UserError(`${apiKey.reason}. ${API_KEY_REMEDY}`);

	const target = targetOf(options, baseUrl.url);
	if (target?.origin !== baseUrl.url) throw new UserError(CREDENTIAL.otherHost(baseUrl.url));
	const signed: IHttpRequestOptions & OlderOptions = {
		...options,
		url: target.href,
		headers: { ...withoutAuthorization(options.headers), Authorization: `Bearer ${apiKey.key}` },
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
		followRedirect: false,
		followAllRedirects: false,
	};
	delete signed.baseURL;
	if (callSignal !== undefined) signed.abortSignal = callSignal;
	if (options.uri !== undefined) signed.uri = target.href;
	return signed;
}

function targetOf({ url, uri, baseURL }: IHttpRequestOptions & OlderOptions, base: string) {
	const path = url ?? uri ?? '';
	const isAbsolute = /^[a-z][a-z\d+.-]*:/i.test(path);
	const address =
		isAbsolute || !baseURL ? path : `${baseURL.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
	return URL.canParse(address, base) ? new URL(address, base) : undefined;
}

function withoutAuthorization(headers: IHttpRequestOptions['headers']) {
	return Object.fromEntries(
		Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() !== 'authorization'),
	);
}
