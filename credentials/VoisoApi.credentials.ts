import type {
	IAuthenticateRuleResponseCode,
	IAuthenticateRuleResponseSuccessBody,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
	Icon,
} from 'n8n-workflow';
import { signRequest } from '../nodes/shared/api/signRequest';

const WRONG_ADDRESS =
	'There is no Voiso API at this address. Check the cluster ID: it is the first part of the address that your browser shows when you are signed in to Voiso.';
const NOT_VOISO = `${WRONG_ADDRESS} If it is right, Voiso may have a problem at the moment.`;
const WRONG_KEY =
	'Voiso does not accept the API key. Copy the key from Voiso once more, and check that it belongs to this cluster and has not been deleted.';
const MISSING_SCOPE =
	'Voiso knows the API key, but the key lacks the scope campaigns.read. A Voiso administrator can give it that scope; adding leads needs campaigns.manage, and choosing users from a list needs users.read.';
const TOO_MANY =
	'Voiso is receiving too many requests at the moment. Wait a minute, then test again.';
const VOISO_FAILS = 'Voiso has a problem of its own at the moment. Test again in a few minutes.';

const messageOfStatus: Record<number, string> = {
	301: WRONG_ADDRESS,
	302: WRONG_ADDRESS,
	303: WRONG_ADDRESS,
	307: WRONG_ADDRESS,
	308: WRONG_ADDRESS,
	401: WRONG_KEY,
	403: MISSING_SCOPE,
	404: WRONG_ADDRESS,
	405: WRONG_ADDRESS,
	429: TOO_MANY,
	500: VOISO_FAILS,
	502: VOISO_FAILS,
	503: VOISO_FAILS,
	504: VOISO_FAILS,
};

const statusRules: IAuthenticateRuleResponseCode[] = Object.entries(messageOfStatus).map(
	([value, message]) => ({ type: 'responseCode', properties: { value: Number(value), message } }),
);

/**
 * The same by what Voiso says, for n8n 1, which has words of its own for a status. What has no
 * campaigns is not Voiso, whatever its status: the page of a proxy or of another product, say.
 */
const bodyRules: IAuthenticateRuleResponseSuccessBody[] = [
	{ key: 'error', value: 'Unauthorized', message: WRONG_KEY },
	{ key: 'error', value: 'Forbidden', message: MISSING_SCOPE },
	{ key: 'error', value: 'Too many requests', message: TOO_MANY },
	{ key: 'campaigns', value: undefined, message: NOT_VOISO },
].map((properties) => ({ type: 'responseSuccessBody', properties }));

export class VoisoApi implements ICredentialType {
	name = 'voisoApi';

	displayName = 'Voiso API';

	icon: Icon = { light: 'file:../icons/voiso.svg', dark: 'file:../icons/voiso.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-voiso/n8n-nodes-voiso#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Cluster ID',
			name: 'clusterId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. cc-ams03',
			description:
				'The first part of the address that your browser shows when you are signed in to Voiso. The whole address works too.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			hint: 'With the scopes campaigns.read and campaigns.manage, and users.read to choose users from a list',
			description:
				'An API key made by a Voiso administrator. Scopes: campaigns.read to choose and watch campaigns, campaigns.manage to add leads and to run and staff campaigns, users.read to choose users from a list.',
		},
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return signRequest(credentials, requestOptions);
	}

	test: ICredentialTestRequest = {
		request: {
			url: '/api/v4/campaigns',
			qs: { limit: 1 },
			headers: { Accept: 'application/json' },
			disableFollowRedirect: true,
			// n8n 1 knows no exceptions: there, every status leads to the rules for the body.
			ignoreHttpStatusErrors: { ignore: true, except: Object.keys(messageOfStatus).map(Number) },
			timeout: 15_000,
		},
		// n8n reads both kinds of rule from one list, which its type does not say.
		rules: [...statusRules, ...bodyRules] as NonNullable<ICredentialTestRequest['rules']>,
	};
}
