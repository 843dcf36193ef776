import { NodeOperationError, type INode } from 'n8n-workflow';
import { readId } from '../shared/api/ids';

/**
 * Reads the campaigns that a parameter names: those chosen from the list, or what an expression gives:
 * one ID, several with commas between them, or a list.
 *
 * @throws NodeOperationError for something that is no ID
 */
export function readCampaignIds(node: INode, value: unknown): ReadonlySet<string> {
	const parts: unknown[] = Array.isArray(value) ? value : [value ?? ''];
	const given = parts.flatMap((part) =>
		typeof part === 'string' ? part.split(/[\s,;]+/).filter((id) => id !== '') : [part],
	);
	const ids = given.map(readId);
	const known = ids.filter((id) => id !== undefined);
	if (known.length === ids.length) return new Set(known);
	const wrong = given[ids.indexOf(undefined)];
	throw new NodeOperationError(node, `${JSON.stringify(wrong)} is not the ID of a campaign`, {
		description: 'A campaign ID is a number, such as 3. Put commas between several: 3, 6.',
	});
}
