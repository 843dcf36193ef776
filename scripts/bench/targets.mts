import type { ContenderName } from './contenders/job.mts';
import type { Figures } from './figures.mts';
import type { Result } from './run.mts';

/** A ratio within one run, and what it must not exceed. */
export interface Target {
	what: string;
	limit: number;
	measured: number;
	/** As people read it: `1/64` rather than 0.0156. */
	unit: 'times' | 'part' | 'KB';
}

/** The targets with what this run measured. */
export function targetsOf({ processor, twenty, one, ten, memory, ...figures }: Figures): Target[] {
	const { parameters, legacyParameters, planSettle } = figures;
	const most = Math.max(...processor.map(({ leads }) => leads));
	const cpu = (name: ContenderName) => extraCpu(processor, name, most);
	const against = (ours: ContenderName, theirs: ContenderName, limit: number, what: string) =>
		({
			what,
			limit,
			measured: cpu(ours) / cpu(theirs),
			unit: limit < 1 ? 'part' : 'times',
		}) as const;
	const part = (what: string, limit: number, { ours, n8n }: { ours: number; n8n: number }) =>
		({ what, limit, measured: ours / n8n, unit: 'part' }) as const;
	const leads = most.toLocaleString('en');
	return [
		{
			what: '20 batches at the 2 s interval: wall time to its floor',
			limit: 1.02,
			measured: twenty.wall / twenty.floor,
			unit: 'times',
		},
		{
			what: 'Ten campaigns of 5 batches: wall time to that of one campaign of 5',
			limit: 1.1,
			measured: ten.wall / one.wall,
			unit: 'times',
		},
		part('Reading four plain references, to `getNodeParameter`', 1 / 100, parameters.plain),
		part('Reading four computed expressions, to `getNodeParameter`', 1 / 80, parameters.computed),
		part('The same, plain, with the legacy expression engine', 1 / 100, legacyParameters.plain),
		part('The same, computed, with the legacy engine', 1 / 30, legacyParameters.computed),
		against('mapped', 'loop', 1 / 4, `CPU for ${leads} leads, mapped by hand, to the loop`),
		against('automatic', 'loop', 1 / 4, `CPU for ${leads} leads, automatic, to the loop`),
		against('computed', 'loopComputed', 1 / 4, `CPU for ${leads} leads, computed, to the loop`),
		against('mapped', 'axios', 2, `CPU for ${leads} leads, mapped by hand, to the axios script`),
		against('automatic', 'axios', 2, `CPU for ${leads} leads, automatic, to the axios script`),
		...memory
			.filter(({ contender }) => contender === 'mapped' || contender === 'automatic')
			.map((result) => memoryTarget(result, memory)),
		{
			what: 'Plan and settle: CPU for 1,000,000 leads to that for 100,000',
			limit: 11,
			measured: planSettle.million / planSettle.hundredThousand,
			unit: 'times',
		},
	];
}

/** Processor time above a No Operation node's for as many leads, in ms; of a script, all of it. */
export function extraCpu(
	results: readonly Result[],
	contender: ContenderName,
	leads: number,
	campaigns = 1,
): number {
	const of = (name: ContenderName) =>
		results.find(
			(each) => each.contender === name && each.leads === leads && each.campaigns === campaigns,
		)?.cpu ?? Number.NaN;
	return contender === 'axios' ? of('axios') : of(contender) - of('noOp');
}

/** Peak memory above a No Operation node's with as many leads, in KB (1,000 bytes) per lead. */
export function extraMemory({ peakMemory, leads }: Result, results: readonly Result[]): number {
	const noOp = results.find((each) => each.contender === 'noOp' && each.leads === leads);
	return (peakMemory - (noOp?.peakMemory ?? Number.NaN)) / leads / 1000;
}

function memoryTarget(result: Result, results: readonly Result[]): Target {
	const how = result.contender === 'mapped' ? 'mapped by hand' : 'automatic';
	return {
		what: `Peak memory per lead with ${result.leads.toLocaleString('en')} leads, ${how}`,
		limit: 1.5,
		measured: extraMemory(result, results),
		unit: 'KB',
	};
}

export const isMet = ({ limit, measured }: Target): boolean => measured <= limit;
