import type { IBuilderHint } from 'n8n-workflow';
import { outputHint } from '../shared/outputHint';
import output from './__schema__/v1.0.0.json';

/** What AI workflow builders read of the node beside its parameters. */
export const triggerHint: IBuilderHint = {
	searchHint:
		"Campaign Status Changed polls and needs no set-up in Voiso. Event is a webhook that somebody adds in Voiso by hand, with this node's Production URL.",
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-voiso.voisoLeads',
			relationHint: 'Adds new leads when a campaign has paused itself (Auto Paused)',
		},
		{
			nodeType: 'n8n-nodes-voiso.voisoCampaign',
			relationHint: 'Starts, pauses and stops campaigns, lists their calls',
		},
	],
	extraTypeDefContent: [outputHint(output)],
};
