import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/api/problem';
import type { Result } from '../../shared/result';
import { isSecret, withoutSecret } from './secret';

/** An event as Voiso delivers it, without the secret. */
export interface Envelope extends IDataObject {
	event: string;
	data: IDataObject;
}

export type EnvelopeReading = Result<{ envelope: Envelope }, { status: 400 | 401; why: string }>;

const MAX_EVENT_NAME = 100;

/** Reads the body of a delivery. Nothing of one without the secret is read any further. */
export function readEnvelope(body: unknown, secret: string): EnvelopeReading {
	if (!isObject(body)) return malformed('The body must be a JSON object');
	if (!isSecret(body.secret, secret)) return { ok: false, status: 401, why: 'Unauthorized' };
	const { event, data } = body;
	if (typeof event !== 'string' || event === '' || event.length > MAX_EVENT_NAME) {
		return malformed('"event" must be the name of an event');
	}
	if (!isObject(data)) return malformed('"data" must be an object');
	const envelope = withoutSecret({ ...body, secret: undefined }, secret);
	if (envelope === undefined) return malformed('The body is nested too deeply');
	return { ok: true, envelope: envelope as Envelope };
}

function malformed(why: string): EnvelopeReading {
	return { ok: false, status: 400, why };
}
