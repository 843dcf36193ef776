import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { parse } from 'csv-parse/sync';
import { fileItem, fileText } from '../../harness/binary.mts';
import { campaign, importLeads, LEADS, quick, type Import } from '../support.mts';
import type { RunResult } from '../../harness/index.mts';

export type ResultRow = Record<string, string>;

/** An import of one file or several, into campaign 3 unless the parameters say otherwise. */
export interface FileImport extends Omit<Import, 'input'> {
	files: Array<string | Uint8Array>;
}

export interface FileResult extends RunResult {
	/** What comes out: one item per file and campaign. */
	summaries: IDataObject[];
	/** The rows of the results of a file. */
	rows(file?: number): Promise<ResultRow[]>;
	/** The results of a file as they are. */
	text(file?: number): Promise<string>;
}

export async function importFile({
	files,
	parameters,
	options,
	...run
}: FileImport): Promise<FileResult> {
	const input: INodeExecutionData[] = [];
	for (const [index, content] of files.entries())
		input.push(await fileItem(content, { fileName: `list${index}.csv` }));
	const result = await importLeads({
		...run,
		input,
		parameters: { inputMode: 'file', campaign: campaign(3), ...parameters },
		options: { ...quick, ...options },
	});
	const text = async (file = 0) => {
		const item = result
			.items(LEADS)
			.find(({ binary, json }) => binary !== undefined && json.file === `list${file}.csv`);
		return await fileText(item);
	};
	return {
		...result,
		summaries: result.json(LEADS),
		text,
		rows: async (file) => {
			const results = await text(file);
			const delimiter = /[,;\t|]/.exec(results)?.[0] ?? ',';
			return parse(results, { columns: true, bom: true, delimiter }) as ResultRow[];
		},
	};
}

/** A file of leads, as a CRM exports it. */
export function csv(rows: readonly IDataObject[]): string {
	const columns = Object.keys(rows[0] ?? {});
	const lines = rows.map((row) => columns.map((name) => String(row[name] ?? '')).join(','));
	return `${[columns.join(','), ...lines].join('\n')}\n`;
}
