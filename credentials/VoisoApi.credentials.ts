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

/** A web page with status 200, such as a proxy's or that of another product, has no campaigns. */
const isNotVoiso: IAuthenticateRuleResponseSuccessBody = {
	type: 'responseSuccessBody',
	properties: { key: 'campaigns', value: undefined, message: WRONG_ADDRESS },
};

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
			timeout: 15_000,
		},
		// n8n reads both kinds of rule from one list, which its type does not say.
		rules: [...statusRules, isNotVoiso] as NonNullable<ICredentialTestRequest['rules']>,
	};
}
