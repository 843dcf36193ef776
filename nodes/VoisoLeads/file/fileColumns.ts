import { describe } from '../fields/reading';
import type { FileSettings } from '../settings';
import type { OpenFile } from './open';
import type { RowSettings } from './readLeads';

/** Makes what is wrong with a file an error of its item. */
export type FileError = (message: string, description: string) => Error;

/** At most so many columns are named in a message. */
const MOST_NAMED = 30;

/**
 * The columns that the user named, as the file calls them. Of a list of nothing but numbers, the only one.
 *
 * @param name of the file
 * @throws what `error` gives when a column isn't named, or isn't there
 */
export function chosenColumns(
	{ columns: all, header }: OpenFile,
	{ campaign, file }: { campaign: RowSettings['campaign']; file: FileSettings },
	name: string,
	error: FileError,
): Pick<RowSettings, 'campaign' | 'columns'> {
	/** By its name, in any case, or by its number. */
	const inFile = (column: string): string => {
		const lower = column.toLowerCase();
		const number = /^\d+$/.test(column) ? all[Number(column) - 1] : undefined;
		const found =
			all.find((each) => each === column) ??
			all.find((each) => each.toLowerCase() === lower) ??
			number;
		if (found !== undefined) return found;
		throw error(`${name} has no column ${describe(column)}`, listed(all));
	};
	if ('column' in campaign && campaign.column === '') {
		const description = "Enter its name in 'Campaign Column', or select one campaign for all rows.";
		throw error('No column for the campaign', description);
	}
	const columns = file.columns?.map(({ field, column }) => ({ field, column: inFile(column) }));
	if (columns !== undefined && !columns.some(({ field }) => field === 'phone_number')) {
		const description =
			"Enter the name of the column with the phone number in 'Phone Number Column'.";
		throw error('No column for the phone number', description);
	}
	const [only, ...others] = header === undefined ? all : [];
	const numbers =
		only === undefined || others.length > 0
			? undefined
			: [{ field: 'phone_number' as const, column: only }];
	return {
		campaign: 'id' in campaign ? campaign : { ...campaign, column: inFile(campaign.column) },
		columns: columns ?? numbers,
	};
}

/** That no column was found whose name says that it holds the phone number. */
export function withoutPhoneColumn(
	{ columns, header }: OpenFile,
	name: string,
	error: FileError,
): Error {
	const headless =
		header?.some((each) => /^[\s+()\d.-]{7,}$/.test(each)) === true
			? " The first row looks like a lead: if it is one, turn off 'Header Row'."
			: '';
	const remedy =
		"Rename the column with the number to 'Phone Number', or set 'Columns' to 'Name Each Column'.";
	return error(
		`No column for the phone number found in ${name}`,
		`${listed(columns)} ${remedy}${headless}`,
	);
}

function listed(columns: readonly string[]): string {
	const named = columns.slice(0, MOST_NAMED).map((column) => describe(column));
	if (columns.length > MOST_NAMED) named.push('…');
	return `The columns are: ${named.join(', ')}.`;
}
