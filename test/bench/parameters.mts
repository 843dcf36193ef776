/**
 * What reading four parameters for 10,000 leads costs with `itemParameter`, against n8n's own
 * `getNodeParameter`, in milliseconds of CPU. n8n's own is measured on 1,000 of the items.
 *
 *     node test/bench/parameters.mts
 *     N8N_EXPRESSION_ENGINE=legacy node test/bench/parameters.mts
 */
import './resolveAsN8n.mts';
import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';

const { expressionEngine, inlineNodeType, runWorkflow } = await import(
	'../engine/harness/index.mts'
);
const { itemParameter } = await import('../../nodes/shared/parameters/itemParameter.ts');

const COUNT = 10_000;
const SAMPLE = 1_000;

const KINDS: Record<string, INodeParameters> = {
	'four constants': { a: 'Berlin', b: '7', c: 'CRM', d: 'https://crm.example.com' },
	'four plain references': {
		a: '={{ $json.phone }}',
		b: '={{ $json["Lead Name"] }}',
		c: '={{ $json.priority }}',
		d: '={{ $json.owner.email }}',
	},
	'four computed expressions': {
		a: "={{ $json.phone.replace(/\\D/g, '') }}",
		b: "={{ $json.first + ' ' + $json.last }}",
		c: '={{ $json.vip ? 1 : 500 }}',
		d: '=https://crm.example.com/{{ $json.owner.email.extractDomain() }}/{{ $json.id }}',
	},
	'four computed expressions, half of them of a missing field': {
		a: '={{ $json.phone.trim() }}',
		b: '={{ $json.missing.trim() }}',
		c: '={{ $json.first.trim() }}',
		d: '={{ $json.missing.toUpperCase() }}',
	},
};

const leads = Array.from({ length: COUNT }, (_, id) => ({
	id,
	phone: `+44 7911 ${String(id).padStart(6, '0')}`,
	'Lead Name': `Lead ${id}`,
	first: `First ${id}`,
	last: `Last ${id}`,
	priority: (id % 1000) + 1,
	vip: id % 7 === 0,
	owner: { id: id % 10, email: `owner${id % 10}@example.com` },
	tags: ['import', 'spring'],
	note: 'Asked to be called back in the afternoon',
}));

type ReaderOf = (context: IExecuteFunctions, path: string) => (itemIndex: number) => unknown;

function cost(context: IExecuteFunctions, count: number, readerOf: ReaderOf): number {
	const before = process.cpuUsage();
	const readers = ['a', 'b', 'c', 'd'].map((name) => readerOf(context, `fields.${name}`));
	for (let index = 0; index < count; index += 1) for (const read of readers) read(index);
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

const probe = inlineNodeType(
	async (context) => {
		const own: ReaderOf = (_, path) => (index) => context.getNodeParameter(path, index);
		// n8n compiles an expression once; scaled up with the sample, that would count ten times.
		cost(context, 1, own);
		const n8n = (cost(context, SAMPLE, own) * COUNT) / SAMPLE;
		const fast = cost(context, COUNT, itemParameter);
		return [[{ json: { n8n, fast } }]];
	},
	{ properties: [{ displayName: 'Fields', name: 'fields', type: 'json', default: {} }] },
);

console.log(`${COUNT} leads, expression engine ${expressionEngine}`);
for (const [kind, fields] of Object.entries(KINDS)) {
	const { json, error } = await runWorkflow({
		nodes: [{ name: 'Probe', type: 'probe', parameters: { fields } }],
		nodeTypes: { probe },
		input: leads,
	});
	if (error) throw error;
	const [{ n8n, fast } = {}] = json('Probe');
	const [slow, quick] = [Number(n8n), Number(fast)];
	console.log(
		`${kind}: n8n ${slow.toFixed(0)} ms, itemParameter ${quick.toFixed(0)} ms, 1/${(slow / quick).toFixed(0)}`,
	);
}
process.exit();
