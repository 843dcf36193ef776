import type { IBuilderHint, IParameterBuilderHint } from 'n8n-workflow';
import { outputHint } from '../../shared/outputHint';
import add from '../__schema__/v1.0.0/lead/add.json';
import deactivate from '../__schema__/v1.0.0/lead/deactivate.json';
import getStatus from '../__schema__/v1.0.0/lead/getStatus.json';
import update from '../__schema__/v1.0.0/lead/update.json';
import upsert from '../__schema__/v1.0.0/lead/upsert.json';
import { leadFields, type LeadField } from '../fields/leadFields';

// What AI workflow builders read of the node beside its parameters. There, an expression is written `expr(…)`.

/** How to use the node, and which nodes go with it. */
export const leadsHint: IBuilderHint = {
	searchHint:
		'Hand over all items at once: the node sends them in batches, within the rate limit, and retries by itself. It needs no Loop Over Items, Wait or Split In Batches node before it. Adding a number twice does no harm. Every lead comes out with a status.',
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-voiso.voisoCampaign',
			relationHint: 'Starts the campaign after an import, lists campaigns and calls',
		},
		{
			nodeType: 'n8n-nodes-voiso.voisoTrigger',
			relationHint: 'Triggers on the result of a call, or when a campaign runs out of leads',
		},
		{
			nodeType: 'n8n-nodes-base.extractFromFile',
			relationHint: 'Reads the leads of a CSV or Excel file into items',
		},
	],
	extraTypeDefContent: Object.entries({ add, deactivate, getStatus, update, upsert }).map(
		([operation, schema]) => outputHint(schema, { resource: ['lead'], operation: [operation] }),
	),
};

/** The fields of a lead: n8n shows builders no column of a resource mapper. */
export const columnsHint: IParameterBuilderHint = {
	propertyHint: `Fields of a lead: ${Object.entries(leadFields).flatMap(columnInWords).join('; ')}. Input fields with common CRM names need no mapping: { mappingMode: 'autoMapInputData', value: null }. Others are mapped: { mappingMode: 'defineBelow', value: { phone_number: expr('{{ $json.phone }}'), name: expr('{{ $json.contact }}'), priority: 10 } }.`,
};

/** `priority (number from 1 to 1000): Leads with a lower number are called earlier` */
function columnInWords([name, field]: [string, LeadField]): string[] {
	const { column, help, range, required } = field;
	if (column === undefined) return [];
	const type = column.type === 'options' ? 'true or false' : column.type;
	const limits = column.type === 'number' && range ? ` from ${range.min} to ${range.max}` : '';
	return [`${name} (${type}${limits}${required ? ', required' : ''}): ${help}`];
}
