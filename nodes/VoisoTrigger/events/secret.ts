import { createHash, timingSafeEqual } from 'node:crypto';
import {
	NodeOperationError,
	type ICredentialTestFunctions,
	type ICredentialsDecrypted,
	type ICredentialDataDecryptedObject,
	type IHookFunctions,
	type INodeCredentialTestResult,
	type IWebhookFunctions,
} from 'n8n-workflow';

/** The shared secret of the credential; empty when it has none. */
export async function readSecret(context: IHookFunctions | IWebhookFunctions): Promise<string> {
	return secretIn(await context.getCredentials('voisoWebhookApi'));
}

function secretIn({ secret }: ICredentialDataDecryptedObject): string {
	return typeof secret === 'string' ? secret.trim() : '';
}

const NO_SECRET = 'The secret of the webhook is empty';

/** What the credential's *Test* can tell: there is nobody to ask whether the secret is the right one. */
export async function webhookSecretTest(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return secretIn(data) === ''
		? { status: 'Error', message: NO_SECRET }
		: { status: 'OK', message: 'There is a secret. Enter the same one in Voiso.' };
}

/**
 * Refuses to activate or test a trigger that could not tell who an event comes from.
 *
 * @throws NodeOperationError
 */
export async function requireSecret(context: IHookFunctions): Promise<void> {
	if ((await readSecret(context)) !== '') return;
	throw new NodeOperationError(context.getNode(), NO_SECRET, {
		description:
			'Enter a secret in the Voiso Webhook API credential, and the same one in Voiso under Administration > Webhooks.',
	});
}

/**
 * Whether what an event brought along is the secret. How long this takes tells nothing about either:
 * digests are compared, which are all of one length. An empty secret is nobody's.
 */
export function isSecret(given: unknown, secret: string): boolean {
	if (typeof given !== 'string' || secret === '') return false;
	return timingSafeEqual(digest(given), digest(secret));
}

function digest(text: string) {
	return createHash('sha256').update(text).digest();
}
