import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/api/problem';
import { isSecret } from './secret';

/** An event as Voiso delivers it, without the secret. */
export interface Envelope extends IDataObject {
	event: string;
	data: IDataObject;
}

export type EnvelopeReading =
	| { ok: true; envelope: Envelope }
	| { ok: false; status: 400 | 401; why: string };

const MAX_EVENT_NAME = 100;
/** A shorter secret is a word that can stand in an event for other reasons. */
const MIN_SECRET_TO_HIDE = 6;

/** Reads the body of a delivery. Nothing of one without the secret is looked at further. */
export function readEnvelope(body: unknown, secret: string): EnvelopeReading {
	if (!isObject(body)) return malformed('The body must be a JSON object');
	if (!isSecret(body.secret, secret)) return { ok: false, status: 401, why: 'Unauthorized' };
	const { event, data } = body;
	if (typeof event !== 'string' || event === '' || event.length > MAX_EVENT_NAME) {
		return malformed('"event" must be the name of an event');
	}
	if (!isObject(data)) return malformed('"data" must be an object');
	const clean = withoutSecret(body, secret);
	if (clean === undefined) return malformed('The body is nested too deeply');
	return { ok: true, envelope: clean };
}

function malformed(why: string): EnvelopeReading {
	return { ok: false, status: 400, why };
}

/**
 * A copy that holds the secret nowhere, nor a key that would change what its object is.
 *
 * @returns undefined when the body is too deep to be copied
 */
function withoutSecret(body: Record<string, unknown>, secret: string): Envelope | undefined {
	const hides = secret.length >= MIN_SECRET_TO_HIDE;
	const clean = (key: string, value: unknown) => {
		if (key === '__proto__') return undefined;
		return hides && typeof value === 'string' ? value.replaceAll(secret, '***') : value;
	};
	try {
		return JSON.parse(JSON.stringify({ ...body, secret: undefined }), clean) as Envelope;
	} catch {
		// The copy recurses where the parser of the request does not.
		return undefined;
	}
}
