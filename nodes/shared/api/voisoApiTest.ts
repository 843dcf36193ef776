import type {
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { realClock } from '../throttle/clock';
import { readApiKey } from './apiKey';
import { resolveBaseUrl } from './baseUrl';
import { explainCredential } from './explain';
import { secretHider, withoutKey } from './hideSecret';
import { makeCall } from './http';
import { API_KEY_REMEDY, CREDENTIAL_WORKS } from './messages';
import { isObject, readHttpResult } from './problem';
import { signRequest } from './signRequest';

const LIMIT = 15_000;

/**
 * Tests the Voiso API credential: asks for one campaign, and says what is wrong when that fails. A function,
 * because n8n shows no more than Node's code (`ENOTFOUND`) when a request that only describes itself fails.
 * Each node hands it over with `testedBy`.
 */
export async function voisoApiTest(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const baseUrl = resolveBaseUrl(data.clusterId);
	if (!baseUrl.ok) return { status: 'Error', message: baseUrl.reason };
	const apiKey = readApiKey(data.apiKey);
	if (!apiKey.ok) return { status: 'Error', message: `${apiKey.reason}. ${API_KEY_REMEDY}` };

	const { request } = this.helpers;
	const signed = signRequest(data, {
		method: 'GET',
		url: '/api/v4/campaigns',
		qs: { limit: 1 },
		headers: { Accept: 'application/json' },
	});
	const result = await makeCall(
		// There is only n8n's older function here, which takes no signal: the socket itself has to.
		async (signal) =>
			(await request({ ...signed, ...OLDER_OPTIONS, agentOptions: { signal } })) as unknown,
		LIMIT,
		{ clock: realClock },
	);
	const reading = readHttpResult(
		withoutKey(result, secretHider(apiKey.key)),
		(body) => isObject(body) && Array.isArray(body.campaigns),
	);
	if (reading.ok) return { status: 'OK', message: CREDENTIAL_WORKS };
	const { host } = new URL(baseUrl.url);
	return { status: 'Error', message: explainCredential(reading.problem, host) };
}

/** Any status is a response, and its body is a stream. */
const OLDER_OPTIONS = {
	simple: false,
	resolveWithFullResponse: true,
	useStream: true,
	json: false,
};
