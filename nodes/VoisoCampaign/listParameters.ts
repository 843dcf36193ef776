import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

/** *Return All* and *Limit*, as n8n's own nodes have them. */
export const listProperties: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

/**
 * The most results that an item asks for; infinite for all.
 *
 * @throws NodeOperationError when the limit, which an expression can give, is no whole number from 1
 */
export function readLimit(context: IExecuteFunctions, itemIndex: number): number {
	if (context.getNodeParameter('returnAll', itemIndex, false) === true) {
		return Number.POSITIVE_INFINITY;
	}
	const entered = context.getNodeParameter('limit', itemIndex, 50) as unknown;
	const limit = typeof entered === 'string' && entered.trim() !== '' ? Number(entered) : entered;
	if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1) return limit;
	throw new NodeOperationError(context.getNode(), "'Limit' must be a whole number from 1", {
		description: `It is ${JSON.stringify(entered)}. Enter a number such as 50, or turn on 'Return All'.`,
		itemIndex,
	});
}
