import { NodeOperationError } from 'n8n-workflow';
import { expect, it } from 'vitest';
import { readCampaignIds } from '../../../nodes/VoisoTrigger/campaignIds.ts';
import { node } from '../fixtures.mts';

it.each([
	['3', ['3']],
	[' 3, 6;9 ', ['3', '6', '9']],
	[3, ['3']],
	[
		[3, '6', '9, 12'],
		['3', '6', '9', '12'],
	],
	[[3, '3'], ['3']],
	['', []],
	[undefined, []],
	[null, []],
	[[], []],
	['a1b2-c3', ['a1b2-c3']],
])('reads %j', (value, expected) => {
	expect([...readCampaignIds(node, value)]).toEqual(expected);
});

it.each([[{ id: 3 }], [[null]], [1.5], [true], ['../3'], ['3?x=1'], [10n], ['x'.repeat(500)]])(
	'refuses %s',
	(value) => {
		expect(() => readCampaignIds(node, value)).toThrow(NodeOperationError);
		expect(() => readCampaignIds(node, value)).toThrow(/^.{1,120}$/);
	},
);
