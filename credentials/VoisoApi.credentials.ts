import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
	Icon,
} from 'n8n-workflow';
import { signRequest } from '../nodes/shared/api/signRequest';

/** Where the nodes find Voiso, and the key they use. The nodes test it: see `voisoApiTest`. */
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
			hint: 'First part of your Voiso address, e.g. cc-ams03 in https://cc-ams03.voiso.com. You can paste the whole address.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			hint: 'Needs the scopes campaigns.read and campaigns.manage. Add users.read to select users from a list, and reporting.cdrs.read to get calls.',
			description:
				'Created by a Voiso administrator. campaigns.read: select and watch campaigns. campaigns.manage: add leads, run and staff campaigns.',
		},
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return signRequest(credentials, requestOptions);
	}
}
