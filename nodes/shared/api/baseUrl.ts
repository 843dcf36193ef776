import type { Result } from '../result';
import { CLUSTER_ID } from './messages';

/** The address of a cluster, such as `https://cc-ams03.voiso.com`, or why the text entered names none. */
export type BaseUrl = Result<{ url: string }, { reason: string }>;

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const CLUSTER_LABEL = new RegExp(`^${LABEL}$`, 'i');
const HOST_NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})+\\.?$`, 'i');
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const PRINTABLE_ASCII = /^[\x21-\x7e]+$/;

/**
 * Decides where a credential's requests go. This is the only place that does.
 *
 * Accepts a cluster ID (`cc-ams03`), a host name (`cc-ams03.voiso.com`) or an address copied from
 * the browser (`https://cc-ams03.voiso.com/campaigns`), of which only the origin counts. Different
 * spellings of one cluster give one address, since its pace is kept by that. Plain `http` is for a
 * mock server on this machine only, because the API key travels in a header.
 */
export function resolveBaseUrl(clusterId: unknown): BaseUrl {
	const text = typeof clusterId === 'string' ? clusterId.trim() : '';
	if (text === '') return refuse(CLUSTER_ID.empty());
	// Letters that look like Latin ones would lead to somebody else's host.
	if (!PRINTABLE_ASCII.test(text)) return refuse(CLUSTER_ID.unsupportedCharacter());
	if (CLUSTER_LABEL.test(text)) return ofHost(`${text.toLowerCase()}.voiso.com`);
	if (HOST_NAME.test(text)) return ofHost(withoutRootDot(text.toLowerCase()));
	if (/^https?:\/\//i.test(text)) return originOf(text);
	return refuse(CLUSTER_ID.noAddress(text));
}

function refuse(reason: string): BaseUrl {
	return { ok: false, reason };
}

/** Some names are read as another address (`0127.0.0.1` is 87.0.0.1), or can't be one at all. */
function ofHost(host: string): BaseUrl {
	const url = `https://${host}`;
	if (URL.canParse(url) && new URL(url).origin === url) return { ok: true, url };
	return refuse(CLUSTER_ID.noHost(host));
}

function originOf(address: string): BaseUrl {
	if (!URL.canParse(address)) return refuse(CLUSTER_ID.noAddress(address));
	const url = new URL(address);
	if (url.username !== '' || url.password !== '') return refuse(CLUSTER_ID.withPassword());
	if (/(?:^|\.)\.$/.test(url.hostname)) return refuse(CLUSTER_ID.noAddress(address));
	url.hostname = withoutRootDot(url.hostname);
	if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
		return refuse(CLUSTER_ID.notEncrypted(url.origin, url.host));
	}
	return { ok: true, url: url.origin };
}

/** A dot at the end of a host name stands for the root of all names, and changes nothing. */
function withoutRootDot(host: string): string {
	return host.replace(/\.$/, '');
}
