import type { INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';
import { readContextHeaders } from './contextHeaders';
import { PHONE_DIGITS } from './numberingPlans';
import { readPhone } from './phoneNumber';
import type { LeadOptions, Reading } from './reading';
import { readSourceUrl } from './sourceUrl';
import { PRIORITY, readActive, readPriority, readText } from './values';

/** One field of a lead: everything that the mapper, the reader and the docs say about it. */
export interface LeadField<Value = unknown> {
	displayName: string;
	required: boolean;
	/**
	 * How the resource mapper shows it; a field without is no column. `active` is a list and not a
	 * switch, because n8n sends `false` for every switch that was never touched.
	 */
	column?: { type: 'string' | 'number' } | { type: 'options'; options: INodePropertyOptions[] };
	/** What the field is for. */
	help: string;
	accepts: string;
	converts: string;
	refuses: string;
	/** Lowest and highest number; of a phone number, how many digits. */
	range?: { min: number; max: number };
	/** Reads one raw value; the reason of a refused one is a clause without the field's name. */
	read: (value: unknown, options: LeadOptions) => Reading<Value>;
}

/** Keeps the type of what a field's `read` gives. */
function field<Value>(description: LeadField<Value>): LeadField<Value> {
	return description;
}

/** Every field of a lead by the name that the mapper, the reasons and the docs call it. */
export const leadFields = {
	phone_number: field<string>({
		displayName: 'Phone Number',
		required: true,
		column: { type: 'string' },
		help: 'The number to call, with its country code',
		accepts: 'text or a whole number, in the digits of any script',
		converts:
			'separators, +, 00, labels such as tel: or p:, quotes and what spreadsheets add (an apostrophe, ="…", .0) are removed; a trunk zero goes where it isn\'t dialed from abroad; with Default Country, national numbers get their country code',
		refuses:
			'numbers without country code and Default Country, numbers that are too long or too short for their country, letters, extensions, several numbers, dates, numbers that a spreadsheet shortened (1.55512E+10)',
		range: PHONE_DIGITS,
		read: readPhone,
	}),
	name: field<string>({
		displayName: 'Name',
		required: false,
		column: { type: 'string' },
		help: 'Shown to the agent when the call is connected',
		accepts: 'text, numbers, dates',
		converts:
			'trimmed; a line break or another control character becomes a space; dates as ISO 8601',
		refuses: 'objects and arrays',
		read: readText,
	}),
	priority: field<number>({
		displayName: 'Priority',
		required: false,
		column: { type: 'number' },
		help: 'Leads with a lower number are called earlier, those without one last',
		accepts: 'whole numbers, also as text (10, "10", "10.0")',
		converts: 'to a number',
		refuses: 'fractions, words and numbers out of range',
		range: PRIORITY,
		read: readPriority,
	}),
	active: field<boolean>({
		displayName: 'Active',
		required: false,
		column: {
			type: 'options',
			options: [
				{ name: 'Yes', value: true },
				{ name: 'No', value: false },
			],
		},
		help: 'Whether the lead may be called',
		accepts: 'true/false, yes/no, y/n, on/off, 1/0, active/inactive, enabled/disabled, in any case',
		converts: 'to true or false',
		refuses: 'everything else',
		read: readActive,
	}),
	source_system: field<string>({
		displayName: 'Source System',
		required: false,
		column: { type: 'string' },
		help: 'Where the lead comes from, such as the name of the CRM',
		accepts: 'text, numbers, dates',
		converts: 'as for the name',
		refuses: 'objects and arrays',
		read: readText,
	}),
	source_url: field<string>({
		displayName: 'Source URL',
		required: false,
		column: { type: 'string' },
		help: "The lead's page in the CRM; Voiso opens it in the agent's browser",
		accepts: 'a full https:// or http:// address',
		converts: 'trimmed, else sent as given',
		refuses:
			'other schemes such as javascript:, relative addresses, a user name or password in it, blanks, control characters and backslashes',
		read: readSourceUrl,
	}),
	context_headers: field<Record<string, string>>({
		displayName: 'Context Headers',
		required: false,
		help: 'SIP headers that a virtual agent is given with the call',
		accepts: 'names and values: an object, or a list of { name, value }',
		converts: 'names and values trimmed; numbers, booleans and dates become text',
		refuses:
			"names that are not X- and letters, digits, or . ! % * _ + ` ' ~ -; a name twice, in any case; line breaks and control characters in a value; objects and arrays as a value",
		read: readContextHeaders,
	}),
};

/** The names of the fields. */
export type LeadFieldName = keyof typeof leadFields;

/**
 * The columns of the node's resource mapper.
 *
 * Read them with the parameter path `columns` or one field's own path: of `columns.value` n8n
 * converts by type first, makes an empty priority 0 and throws at the first word it cannot convert.
 */
export const leadColumns: ResourceMapperField[] = Object.entries(leadFields).flatMap(
	([id, { column, displayName, required }]) =>
		column === undefined
			? []
			: [
					{
						id,
						displayName,
						required,
						...column,
						display: true,
						defaultMatch: id === 'phone_number',
						canBeUsedToMatch: id === 'phone_number',
					},
				],
);
