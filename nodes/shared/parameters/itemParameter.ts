import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * A reader of one parameter for each input item.
 *
 * @param path the parameter as `getNodeParameter` names it, such as `campaign.value`
 * @param fallback what an item gives whose parameter is not set
 * @returns a function from an item's index to what n8n's `getNodeParameter` gives there; it throws
 *   n8n's own errors
 */
export function itemParameter(
	context: IExecuteFunctions,
	path: string,
	fallback?: unknown,
): (itemIndex: number) => unknown {
	return (itemIndex) => context.getNodeParameter(path, itemIndex, fallback);
}
