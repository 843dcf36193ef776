import { createHash, timingSafeEqual } from 'node:crypto';
import {
	NodeOperationError,
	type ICredentialTestFunctions,
	type ICredentialsDecrypted,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHookFunctions,
	type INodeCredentialTestResult,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { secretHider } from '../../shared/api/hideSecret';

/** The shared secret of the credential; empty when it has none. */
export async function readSecret(context: IHookFunctions | IWebhookFunctions): Promise<string> {
	return secretIn(await context.getCredentials('voisoWebhookApi'));
}

function secretIn({ secret }: ICredentialDataDecryptedObject): string {
	return typeof secret === 'string' ? secret.trim() : '';
}

const NO_SECRET = 'The webhook secret is empty';

/** The test of the credential: whether the secret is the right one, only an event can tell. */
export async function webhookSecretTest(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return secretIn(data) === ''
		? { status: 'Error', message: NO_SECRET }
		: { status: 'OK', message: 'The secret is set. Enter the same one in Voiso.' };
}

/**
 * Rejects the activation or test of a trigger that couldn't tell who an event comes from.
 *
 * @throws NodeOperationError
 */
export async function requireSecret(context: IHookFunctions): Promise<void> {
	if ((await readSecret(context)) !== '') return;
	throw new NodeOperationError(context.getNode(), NO_SECRET, {
		description:
			'Enter a secret in the Voiso Webhook API credential and the same one in Voiso, under Administration > Webhooks.',
	});
}

/**
 * Whether an event has the secret. How long this takes tells nothing about either: digests are compared,
 * which are all of one length. Nothing matches an empty secret.
 */
export function isSecret(given: unknown, secret: string): boolean {
	if (typeof given !== 'string' || secret === '') return false;
	return timingSafeEqual(digest(given), digest(secret));
}

/** Deeper than any real event. What recurses over one later must not run out of stack. */
const MAX_DEPTH = 100;

/**
 * A copy of JSON that holds the secret in no text and in no key, however it is written there, nor a key that
 * would change what its object is.
 *
 * @returns undefined when the value is nested too deeply
 */
export function withoutSecret(value: object, secret: string): IDataObject | undefined {
	const hide = secretHider(secret);
	let isTooDeep = false;
	const copy = (each: unknown, depth: number): unknown => {
		if (typeof each === 'string') return hide(each);
		if (typeof each !== 'object' || each === null) return each;
		isTooDeep ||= depth > MAX_DEPTH;
		if (isTooDeep) return null;
		if (Array.isArray(each)) return each.map((member) => copy(member, depth + 1));
		const members = Object.entries(each).filter(
			([key, member]) => key !== '__proto__' && member !== undefined,
		);
		return Object.fromEntries(members.map(([key, member]) => [hide(key), copy(member, depth + 1)]));
	};
	const clean = copy(value, 1);
	return isTooDeep ? undefined : (clean as IDataObject);
}

function digest(text: string) {
	return createHash('sha256').update(text).digest();
}
