import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { VoisoCampaign } from '../../../nodes/VoisoCampaign/VoisoCampaign.node.ts';
import { VoisoLeads } from '../../../nodes/VoisoLeads/VoisoLeads.node.ts';

type Described = INodeProperties | INodePropertyCollection | INodePropertyOptions;

function within(described: Described): INodeProperties[] {
	const parts: Described[] = [
		...('options' in described ? (described.options ?? []) : []),
		...('values' in described ? described.values : []),
	];
	return parts.flatMap((part) => ('type' in part ? [part, ...within(part)] : within(part)));
}

test('no collection has a field that n8n would convert, which itemParameter does not', () => {
	const fields = [new VoisoCampaign(), new VoisoLeads()]
		.flatMap(({ description }) => description.properties)
		.filter(({ type }) => type === 'collection' || type === 'fixedCollection')
		.flatMap(within);

	expect(fields.length).toBeGreaterThan(0);
	expect(fields.filter(({ validateType }) => validateType !== undefined)).toEqual([]);
});
