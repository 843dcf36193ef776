/**
 * What reading four parameters for 10,000 leads costs with `itemParameter`, against n8n's own
 * `getNodeParameter`, in milliseconds of processor time. n8n's own is measured on 1,000 of the items.
 */
import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { mappings } from '../contenders/mapping.mts';
import { useN8n } from '../contenders/n8nInstall.mts';
import { benchLeads, WARM_UP_CAMPAIGN } from '../leads.mts';
import { answer } from './answer.mts';
import { compiled } from './compiled.mts';
import { cpuOf } from './measure.mts';

/** Milliseconds for reading by each kind of mapping. */
export type ParameterCosts = Record<keyof typeof mappings, { n8n: number; ours: number }>;

type ReaderOf = (context: IExecuteFunctions, path: string) => (itemIndex: number) => unknown;

const COUNT = 10_000;
const SAMPLE = 1_000;

const { n8nFolder } = JSON.parse(process.argv[2] ?? '') as { n8nFolder: string };
useN8n(n8nFolder);
const { inlineNodeType, runWorkflow } = await import('../../../test/engine/harness/index.mts');
const { itemParameter } = compiled<{ itemParameter: ReaderOf }>(
	'nodes/shared/parameters/itemParameter.ts',
);

const input = benchLeads({ leads: COUNT, campaigns: [WARM_UP_CAMPAIGN] }).map((json) => ({ json }));
answer({
	plain: await costsOf(mappings.plain),
	computed: await costsOf(mappings.computed),
} satisfies ParameterCosts);

async function costsOf(fields: INodeParameters): Promise<{ n8n: number; ours: number }> {
	const costs = { n8n: 0, ours: 0 };
	const probe = inlineNodeType(
		async (context) => {
			const own: ReaderOf = (_, path) => (index) => context.getNodeParameter(path, index);
			const read = (count: number, readerOf: ReaderOf) =>
				cpuOf(() => {
					const readers = Object.keys(fields).map((name) => readerOf(context, `fields.${name}`));
					for (let index = 0; index < count; index++) for (const each of readers) each(index);
				});
			costs.n8n = (read(SAMPLE, own) * COUNT) / SAMPLE;
			costs.ours = read(COUNT, itemParameter);
			return [[]];
		},
		{ properties: [{ displayName: 'Fields', name: 'fields', type: 'json', default: {} }] },
	);
	const nodes = [{ name: 'Probe', type: 'probe', parameters: { fields } }];
	// n8n compiles an expression once and then runs for weeks: the second time is what counts.
	for (let time = 1; time <= 2; time++) {
		const { error } = await runWorkflow({ nodes, nodeTypes: { probe }, input });
		if (error) throw error;
	}
	return costs;
}
