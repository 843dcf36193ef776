import { NodeOperationError, type INode } from 'n8n-workflow';

const CAMPAIGN_ID = /^[A-Za-z0-9_-]+$/;

/**
 * Reads the campaigns that a parameter names: those chosen from the list, or what an expression gives:
 * one ID, several with commas between them, or a list.
 *
 * @throws NodeOperationError for something that is no ID
 */
export function readCampaignIds(node: INode, value: unknown): ReadonlySet<string> {
	const parts: unknown[] = Array.isArray(value) ? value : [value ?? ''];
	const ids = parts.flatMap((part) =>
		typeof part === 'string' ? part.split(/[\s,;]+/).filter((id) => id !== '') : [part],
	);
	const wrong = ids.find(
		(id) => !Number.isSafeInteger(id) && !(typeof id === 'string' && CAMPAIGN_ID.test(id)),
	);
	if (wrong === undefined) return new Set(ids.map(String));
	throw new NodeOperationError(node, `${JSON.stringify(wrong)} is not the ID of a campaign`, {
		description: 'A campaign ID is a number, such as 3. Put commas between several: 3, 6.',
	});
}
