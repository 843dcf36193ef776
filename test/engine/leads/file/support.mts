import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { parse } from 'csv-parse/sync';
import { fileItem, fileText } from '../../harness/binary.mts';
import { LEADS, type ImportResult, type Import, type TestVoiso } from '../support.mts';

export type ResultRow = Record<string, string>;

/** An import of one file or several, into campaign 3 unless the parameters say otherwise. */
export interface FileImport extends Omit<Import, 'input'> {
	files: Array<string | Uint8Array>;
}

export interface FileResult extends ImportResult {
	/** What comes out: one item per file and campaign. */
	summaries: IDataObject[];
	/** The rows of the results of a file. */
	rows(file?: number): Promise<ResultRow[]>;
	/** The status of each of them. */
	rowStatuses(file?: number): Promise<string[]>;
	/** The results of a file as they are. */
	text(file?: number): Promise<string>;
}

export async function importFile(
	{ importLeads }: TestVoiso,
	{ files, parameters, ...more }: FileImport,
): Promise<FileResult> {
	const input: INodeExecutionData[] = [];
	for (const [index, content] of files.entries())
		input.push(await fileItem(content, { fileName: `list${index}.csv` }));
	const result = await importLeads({
		...more,
		input,
		parameters: { inputMode: 'file', ...parameters },
	});
	const text = async (file = 0) => {
		const item = result
			.items(LEADS)
			.find(({ binary, json }) => binary !== undefined && json.file === `list${file}.csv`);
		return await fileText(item);
	};
	const rows = async (file?: number) => {
		const results = await text(file);
		const delimiter = /[,;\t|]/.exec(results)?.[0] ?? ',';
		return parse(results, { columns: true, bom: true, delimiter }) as ResultRow[];
	};
	return {
		...result,
		summaries: result.results,
		text,
		rows,
		rowStatuses: async (file) => (await rows(file)).map(({ voiso_status = '' }) => voiso_status),
	};
}

/** A file of leads, as a CRM exports it. */
export function csv(rows: readonly IDataObject[]): string {
	const columns = Object.keys(rows[0] ?? {});
	const lines = rows.map((row) => columns.map((name) => String(row[name] ?? '')).join(','));
	return `${[columns.join(','), ...lines].join('\n')}\n`;
}
