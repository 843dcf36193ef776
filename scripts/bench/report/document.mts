import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { Figures } from '../figures.mts';
import { chart } from './chart.mts';
import { tables } from './tables.mts';

const FOLDER = new URL('../../../docs/', import.meta.url);
const BEGIN = '<!-- Written by npm run bench: begin -->';
const END = '<!-- Written by npm run bench: end -->';

/** Puts the results into docs/benchmark.md, whose other text stays as it is, and draws the chart. */
export function writeDocument(figures: Figures, n8nVersion: string): void {
	const file = new URL('benchmark.md', FOLDER);
	const text = readFileSync(file, 'utf8');
	const [before, rest] = text.split(BEGIN);
	const after = rest?.split(END)[1];
	if (before === undefined || after === undefined) {
		throw new Error(`docs/benchmark.md has no "${BEGIN}" and "${END}" for the results`);
	}
	const results = [BEGIN, circumstances(n8nVersion), tables(figures), END].join('\n\n');
	writeFileSync(file, `${before}${results}${after}`);
	writeFileSync(new URL('benchmark.svg', FOLDER), chart(figures.comparison));
}

/** When and on what, without anything that tells one machine from another like it. */
export function circumstances(n8nVersion: string): string {
	const date = new Date().toISOString().slice(0, 10);
	const memory = Math.round(totalmem() / 2 ** 30);
	return `Measured on ${date} with n8n ${n8nVersion} and Node ${process.versions.node}, on a ${process.platform} machine of ${cpus().length} cores and ${memory} GB.`;
}
