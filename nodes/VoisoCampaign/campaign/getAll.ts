import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { campaignList } from '../../shared/api/campaigns';
import { toNodeError } from '../../shared/api/explain';
import { readList } from '../../shared/api/pages';
import { simplifyCampaign } from '../../shared/campaign/simplifyCampaign';
import { statusOptions } from '../../shared/campaign/statuses';
import { listProperties, readLimit } from '../listParameters';
import { perItem } from '../operation';
import { showFor } from '../showFor';

export const description: INodeProperties[] = showFor(
	'campaign',
	['getAll'],
	[
		...listProperties,
		{
			displayName: 'Simplify',
			name: 'simplify',
			type: 'boolean',
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
		},
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
					description: 'Whether leads can be added to the campaign while it runs',
				},
				{
					displayName: 'Method',
					name: 'method',
					type: 'string',
					default: '',
					placeholder: 'e.g. voice',
					description: 'How the campaign reaches people, as Voiso calls it',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Spring',
					description: 'Part of the name',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: statusOptions,
					default: 'active',
					description: 'Any other status that Voiso has can be given by an expression',
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
					description: 'How the dialer decides when to call',
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
		const about = {
			action: 'list the campaigns',
			scope: 'campaigns.read',
			host: connection.host,
		} as const;
		throw toNodeError(context.getNode(), result.problem, about, itemIndex);
	}
	const isSimple = context.getNodeParameter('simplify', itemIndex, true) === true;
	return isSimple
		? result.rows.map(simplifyCampaign)
		: result.rows.map((row) => row as IDataObject);
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
