import type { ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

/**
 * The secret that Voiso puts into every event. A credential and not a parameter of the node, because
 * parameters are part of the workflow: they are exported, copied and kept in its history.
 */
export class VoisoWebhookApi implements ICredentialType {
	name = 'voisoWebhookApi';

	displayName = 'Voiso Webhook API';

	icon: Icon = { light: 'file:../icons/voiso.svg', dark: 'file:../icons/voiso.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-voiso/n8n-nodes-voiso#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			hint: 'A long, random text. Enter the same secret in Voiso, under Administration > Webhooks.',
			description: 'Proves that an event comes from Voiso',
		},
	];
}
