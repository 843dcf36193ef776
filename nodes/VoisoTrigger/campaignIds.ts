import { NodeOperationError, type INode } from 'n8n-workflow';
import { readId } from '../shared/api/ids';
import { shorten, toText } from '../shared/text';

const MAX_SHOWN = 50;

/**
 * Reads the campaigns of a parameter: those selected in the list, or what an expression returns: one ID,
 * comma-separated IDs, or an array.
 *
 * @throws NodeOperationError for something that isn't an ID
 */
export function readCampaignIds(node: INode, value: unknown): ReadonlySet<string> {
	const parts: unknown[] = Array.isArray(value) ? value : [value ?? ''];
	const given = parts.flatMap((part) =>
		typeof part === 'string' ? part.split(/[\s,;]+/).filter((id) => id !== '') : [part],
	);
	const ids = given.map(readId);
	const known = ids.filter((id) => id !== undefined);
	if (known.length === ids.length) return new Set(known);
	const wrong = shorten(toText(given[ids.indexOf(undefined)]), MAX_SHOWN);
	throw new NodeOperationError(node, `"${wrong}" isn't a campaign ID`, {
		description: 'A campaign ID is a number, e.g. 3. Separate several with commas: 3, 6.',
	});
}
