import { contenders, type ContenderName } from '../contenders/job.mts';
import type { Figures } from '../figures.mts';
import { count, type Result } from '../run.mts';
import { extraCpu, extraMemory, isMet, targetsOf, type Target } from '../targets.mts';

type Row = readonly string[];

/** All results as Markdown. */
export function tables(figures: Figures): string {
	const targets = targetsOf(figures);
	return [
		'### Targets',
		markdownTable(
			['Ratio', 'Target', 'Measured', 'Met'],
			targets.map((target) => [
				target.what,
				...limitAndValue(target),
				isMet(target) ? 'yes' : '**no**',
			]),
		),
		...(figures.comparison.length > 0
			? ['### Contenders', comparisonTable(figures.comparison)]
			: []),
		'### Processor time',
		processorTable(figures.processor),
		'### Memory',
		markdownTable(
			['With 100,000 leads', 'Peak memory', 'Above No Operation, per lead'],
			figures.memory
				.filter(({ contender }) => contender !== 'axios')
				.map((result) => [
					contenders[result.contender],
					megabytes(result.peakMemory),
					result.contender === 'noOp' ? '' : `${extraMemory(result, figures.memory).toFixed(2)} KB`,
				]),
		),
		'### Reading four parameters for 10,000 leads',
		parameterTable(figures),
	].join('\n\n');
}

function comparisonTable(comparison: readonly Result[]): string {
	const rows = comparison
		.filter(({ contender }) => contender !== 'noOp')
		.map((result): Row => {
			const { contender, leads, campaigns, calls, delivered, lost, wall, floor } = result;
			const cpu = extraCpu(comparison, contender, leads, campaigns);
			return [
				campaigns === 1 ? count(leads) : `${count(leads)} to ${campaigns} campaigns`,
				contenders[contender],
				count(calls),
				count(delivered),
				lost === 0 ? '0' : `**${count(lost)}**`,
				`${(wall / 1000).toFixed(1)} s`,
				delivered === leads && calls > campaigns ? (wall / floor).toFixed(3) : '',
				`${((cpu * 1000) / leads).toFixed(1)} ms`,
				megabytes(result.peakMemory),
			];
		});
	return markdownTable(
		[
			'Leads',
			'',
			'Calls',
			'Delivered',
			'Lost',
			'Wall',
			'Wall / floor',
			'CPU per 1,000',
			'Peak memory',
		],
		rows,
	);
}

function processorTable(processor: readonly Result[]): string {
	const [{ leads } = { leads: 0 }] = processor;
	const cpu = (name: ContenderName) => extraCpu(processor, name, leads);
	const rows = processor
		.filter(({ contender }) => contender !== 'noOp')
		.map(({ contender }): Row => [
			contenders[contender],
			`${Math.round(cpu(contender))} ms`,
			`${((cpu(contender) * 1000) / leads).toFixed(1)} ms`,
			(cpu(contender) / cpu('loop')).toFixed(2),
			(cpu(contender) / cpu('axios')).toFixed(2),
		]);
	return markdownTable(
		[
			`${count(leads)} leads without pauses`,
			'CPU',
			'CPU per 1,000',
			'To the loop',
			'To the script',
		],
		rows,
	);
}

function parameterTable({ parameters, legacyParameters }: Figures): string {
	const rows = [['default', parameters] as const, ['legacy', legacyParameters] as const].flatMap(
		([engine, { plain, computed }]) =>
			[['plain references', plain] as const, ['computed expressions', computed] as const].map(
				([kind, { n8n, ours }]): Row => [
					engine,
					kind,
					`${count(Math.round(n8n))} ms`,
					`${count(Math.round(ours))} ms`,
					`1/${Math.round(n8n / ours)}`,
				],
			),
	);
	return markdownTable(
		['Expression engine', '', '`getNodeParameter`', 'Voiso Leads', 'Ratio'],
		rows,
	);
}

function limitAndValue({ limit, measured, unit }: Target): [string, string] {
	if (unit === 'part') return [`≤ 1/${Math.round(1 / limit)}`, `1/${(1 / measured).toFixed(1)}`];
	if (unit === 'KB') return [`≤ ${limit} KB`, `${measured.toFixed(2)} KB`];
	return [`≤ ${limit}`, measured.toFixed(measured < 2 ? 3 : 1)];
}

/** A table as Prettier leaves it, so that the document stays as it was written. */
function markdownTable(head: Row, rows: readonly Row[]): string {
	const all = [head, ...rows];
	const widths = head.map((_, column) =>
		Math.max(3, ...all.map((row) => [...(row[column] ?? '')].length)),
	);
	const line = (row: Row) =>
		`| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
	const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
	return [line(head), rule, ...rows.map(line)].join('\n');
}

function megabytes(bytes: number): string {
	return `${Math.round(bytes / 1e6)} MB`;
}
