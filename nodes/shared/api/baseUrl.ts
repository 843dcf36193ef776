/** The address of a cluster, or why the text entered does not name one. */
export type BaseUrl = { ok: true; url: string } | { ok: false; reason: string };

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const CLUSTER_ID = new RegExp(`^${LABEL}$`, 'i');
const HOST_NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})+$`, 'i');
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const PRINTABLE_ASCII = /^[\x21-\x7e]+$/;

const HOW_TO =
	'Enter the cluster ID (for example cc-ams03), or the address that your browser shows when you are signed in to Voiso.';

/**
 * Decides where a credential's requests go. This is the only place that does.
 *
 * Accepts a cluster id (`cc-ams03`), a host name (`cc-ams03.voiso.com`) or an address copied from
 * the browser (`https://cc-ams03.voiso.com/campaigns`), of which only the origin counts. Plain
 * `http` is for a mock server on this machine only, because the API key travels in a header.
 */
export function resolveBaseUrl(clusterId: unknown): BaseUrl {
	const text = typeof clusterId === 'string' ? clusterId.trim() : '';
	if (text === '') return { ok: false, reason: `The cluster ID is empty. ${HOW_TO}` };
	// Letters that look like Latin ones would lead to somebody else's host.
	if (!PRINTABLE_ASCII.test(text)) {
		return { ok: false, reason: `The cluster ID holds a space or an unusual letter. ${HOW_TO}` };
	}
	if (CLUSTER_ID.test(text)) return ofHost(`${text.toLowerCase()}.voiso.com`);
	if (HOST_NAME.test(text)) return ofHost(text.toLowerCase());
	if (/^https?:\/\//i.test(text)) return originOf(text);
	return {
		ok: false,
		reason: `"${text}" is not a cluster ID, a host name or an address. ${HOW_TO}`,
	};
}

/** Some names are read as another address (`0127.0.0.1` is 87.0.0.1), or cannot be one at all. */
function ofHost(host: string): BaseUrl {
	const url = `https://${host}`;
	if (URL.canParse(url) && new URL(url).origin === url) return { ok: true, url };
	return { ok: false, reason: `"${host}" is not the name of a host. ${HOW_TO}` };
}

function originOf(address: string): BaseUrl {
	let url: URL;
	try {
		url = new URL(address);
	} catch {
		return { ok: false, reason: `"${address}" is not a valid address. ${HOW_TO}` };
	}
	if (url.username !== '' || url.password !== '') {
		return { ok: false, reason: `The address must not hold a user name or a password. ${HOW_TO}` };
	}
	if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
		return {
			ok: false,
			reason: `"${url.origin}" is not encrypted, and the API key would be readable on the way. Use https://${url.host}.`,
		};
	}
	return { ok: true, url: url.origin };
}
