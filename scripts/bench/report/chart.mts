import { init, use } from 'echarts/core';
import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';
import { contenders, type ContenderName } from '../contenders/job.mts';
import { count, type Result } from '../run.mts';
import { extraCpu } from '../targets.mts';

use([BarChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

const WIDTH = 960;
const HEIGHT = 760;

/** The colours of Okabe and Ito, which people who do not see all colours can tell apart. */
const COLOURS: Partial<Record<ContenderName, string>> = {
	mapped: '#0072b2',
	computed: '#56b4e9',
	automatic: '#009e73',
	loop: '#e69f00',
	loopComputed: '#f0e442',
	perItem: '#d55e00',
	axios: '#999999',
};

/** Delivered leads and the processor's time of each contender, by number of leads, as an SVG. */
export function chart(comparison: readonly Result[]): string {
	const oneCampaign = comparison.filter(({ campaigns }) => campaigns === 1);
	const sizes = [...new Set(oneCampaign.map(({ leads }) => leads))];
	const names = (Object.keys(COLOURS) as ContenderName[]).filter((name) =>
		oneCampaign.some(({ contender }) => contender === name),
	);
	const find = (name: ContenderName, leads: number) =>
		oneCampaign.find((each) => each.contender === name && each.leads === leads);
	const delivered = (name: ContenderName, leads: number) =>
		(100 * (find(name, leads)?.delivered ?? Number.NaN)) / leads;
	const cpu = (name: ContenderName, leads: number) =>
		(1000 * extraCpu(comparison, name, leads)) / leads;

	const series = [delivered, cpu].flatMap((valueOf, panel) =>
		names.map((name) => ({
			type: 'bar' as const,
			name: contenders[name],
			xAxisIndex: panel,
			yAxisIndex: panel,
			data: sizes.map((leads) => label(valueOf(name, leads))),
			color: COLOURS[name] ?? '',
			label: { show: true, position: 'top' as const, fontSize: 10, color: '#333333' },
		})),
	);
	const drawing = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
	drawing.setOption({
		animation: false,
		backgroundColor: '#ffffff',
		title: [
			{ text: 'Leads delivered, in %', top: 64, left: 48, textStyle: { fontSize: 15 } },
			{
				text: 'CPU per 1,000 leads above a No Operation node, in ms (logarithmic)',
				top: 404,
				left: 48,
				textStyle: { fontSize: 15 },
			},
		],
		// A gap for texts that are wider in the reader's font than they are taken for.
		legend: {
			top: 6,
			itemGap: 22,
			textStyle: { fontSize: 11 },
			data: names.map((name) => contenders[name]),
		},
		grid: [
			{ top: 104, height: 250, left: 60, right: 24 },
			{ top: 444, height: 260, left: 60, right: 24 },
		],
		xAxis: [0, 1].map((gridIndex) => ({
			type: 'category',
			gridIndex,
			data: sizes.map((leads) => `${count(leads)} leads`),
		})),
		yAxis: [
			{ type: 'value', gridIndex: 0, max: 100 },
			{ type: 'log', gridIndex: 1, min: 1 },
		],
		series,
	});
	const svg = drawing.renderToSVGString();
	drawing.dispose();
	return `${svg}\n`;
}

/** A missing bar is left out; a number is as exact as a look at the chart can be. */
function label(value: number): number | '-' {
	return Number.isFinite(value) ? Number(value.toPrecision(2)) : '-';
}
