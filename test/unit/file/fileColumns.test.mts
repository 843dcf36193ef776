import { describe, expect, it } from 'vitest';
import { chosenColumns, withoutPhoneColumn } from '../../../nodes/VoisoLeads/file/fileColumns.ts';
import type { OpenFile } from '../../../nodes/VoisoLeads/file/open.ts';
import type { FileSettings } from '../../../nodes/VoisoLeads/settings.ts';

const error = (message: string, description: string) => new Error(`${message}: ${description}`);

const file = (columns: string[], header: string[] | undefined = columns): OpenFile => ({
	...{ columns, header, delimiter: ',', lineEnd: '\n', needsMark: false },
	rows: (async function* () {})(),
});
const headless = (...columns: string[]): OpenFile => ({ ...file(columns), header: undefined });

/** What is chosen where the user names these columns. */
function chosen(open: OpenFile, columns?: FileSettings['columns'], campaignColumn?: string) {
	const settings: FileSettings = {
		...{ field: 'data', format: { hasHeader: true }, onlyProblems: false },
		...{ columns, campaignColumn },
	};
	const find = async (id: string) => ({ id });
	const campaign = campaignColumn === undefined ? { id: '3' } : { column: campaignColumn, find };
	return chosenColumns(open, { campaign, file: settings }, 'a.csv', error);
}

const phone = (column: string) => [{ field: 'phone_number', column }] as const;

describe('the columns that the user names', () => {
	it.each([
		[['a', 'b'], 'b', 'b'],
		[['a', 'b'], 'B', 'b'],
		[['Tel', 'tel'], 'tel', 'tel'],
		[['Tel', 'tel'], 'TEL', 'Tel'],
		[['a', 'b'], '2', 'b'],
		[['2', 'b'], '2', '2'],
	])('of %j, %s is %s', (columns, named, expected) => {
		expect(chosen(file(columns), phone(named)).columns).toEqual(phone(expected));
		expect(chosen(file(columns), undefined, named).campaign).toMatchObject({ column: expected });
	});

	it.each(['c', '3', '0', '1.', ''])('are an error where there is no %j', (named) => {
		expect(() => chosen(file(['a', 'b']), phone(named))).toThrow(/"a", "b"/);
		expect(() => chosen(file(['a', 'b']), undefined, named)).toThrow(/\S: .*\S/);
	});

	it('have the phone number among them', () => {
		expect(() => chosen(file(['a']), [{ field: 'name', column: 'a' }])).toThrow(/\S: .*\S/);
	});

	it('need not be named: a list of nothing but numbers has one', () => {
		expect(chosen(headless('1')).columns).toEqual(phone('1'));
		expect(chosen(headless('1', '2')).columns).toBeUndefined();
		expect(chosen(file(['1'])).columns).toBeUndefined();
		expect(chosen(file(['1']))).toHaveProperty('campaign', { id: '3' });
	});
});

describe('an error of the columns', () => {
	it('names the first thirty', () => {
		const many = Array.from({ length: 31 }, (_, index) => `c${index}`);
		const { message } = withoutPhoneColumn(file(many), 'a.csv', error);
		expect(message).toContain('"c29", …');
		expect(withoutPhoneColumn(file(many.slice(1)), 'a.csv', error).message).not.toContain('…');
	});

	it('tells a lead in the first row', () => {
		const told = (...header: string[]) =>
			withoutPhoneColumn(file(header), 'a.csv', error).message.includes("'Header Row'");
		expect(told('Ann', '+1 (202) 555-0143')).toBe(true);
		expect(told('Ann', '1234567')).toBe(true);
		expect(told('Ann', '123456', 'No. 1234567')).toBe(false);
	});
});
