import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { campaignList, listingCampaigns } from '../../shared/api/campaigns';
import { toNodeError, toWarning } from '../../shared/api/explain';
import { readList } from '../../shared/api/pages';
import { statusOptions } from '../../shared/campaign/statuses';
import { listProperties, readLimit } from '../listParameters';
import { perItem } from '../operation';
import { showFor } from '../showFor';
import { campaignOutput, simplifyProperty } from '../simplify';

export const description: INodeProperties[] = showFor(
	'campaign',
	['getAll'],
	[
		...listProperties,
		simplifyProperty,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Live',
					name: 'live',
					type: 'boolean',
					default: true,
					description:
						'Whether to return live campaigns only, to which leads can be added, or other campaigns only',
				},
				{
					displayName: 'Method',
					name: 'method',
					type: 'string',
					default: '',
					placeholder: 'e.g. voice',
					description: "Contact method, using Voiso's name for it",
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Spring',
					description: 'Only return campaigns whose name contains this text',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: statusOptions,
					default: 'active',
					description: "Use an expression for a status that isn't listed",
				},
				{
					displayName: 'Strategy',
					name: 'strategy',
					type: 'options',
					options: [
						{ name: 'Predictive AI', value: 'predictive_ai' },
						{ name: 'Simple', value: 'simple' },
					],
					default: 'simple',
					description: 'Only return campaigns that the dialer handles this way',
				},
			],
		},
	],
);

/** Lists campaigns: once for each input item, whose expressions can ask for other ones. */
export const execute = perItem((context, connection) => async (itemIndex) => {
	const limit = readLimit(context, itemIndex);
	const list = campaignList(readFilters(context, itemIndex));
	const result = await readList(connection, list, limit);
	if (!result.ok) {
		const about = listingCampaigns(connection);
		const canGoOn = result.problem.kind === 'unusableIds';
		if (!canGoOn) throw toNodeError(context.getNode(), result.problem, about, itemIndex);
		context.addExecutionHints(toWarning(result.problem, about));
	}
	return campaignOutput(context, itemIndex, result.rows);
});

function readFilters(
	context: IExecuteFunctions,
	itemIndex: number,
): Record<string, string | number | boolean> {
	const filters = context.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const query: Record<string, string | number | boolean> = {};
	for (const name of ['name', 'status', 'strategy', 'method', 'live']) {
		const value = filters[name];
		// A filter that an expression leaves empty asks for nothing in particular.
		if (typeof value === 'string' && value.trim() !== '') query[name] = value.trim();
		if (typeof value === 'number' || typeof value === 'boolean') query[name] = value;
	}
	return query;
}
