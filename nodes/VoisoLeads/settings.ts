import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { operationError } from '../shared/api/explain';
import { itemParameter } from '../shared/parameters/itemParameter';
import { toText } from '../shared/text';
import { campaignProperties } from './description/campaign';
import { leadProperties } from './description/leads';
import { operationProperties } from './description/operations';
import { optionNamed } from './description/options';
import type { ItemSettings } from './emit/items';
import { readCountry } from './fields/countries';
import { leadFields, type LeadFieldName } from './fields/leadFields';
import { describe, isEmpty } from './fields/reading';
import type { FileFormat } from './file/open';
import type { SendLimits } from './send/types';
import type { LeadOperation } from './types';

/** The node's parameters that hold for all items. */
export interface Settings {
	operation: LeadOperation;
	/** Stop calling in every campaign rather than in a selected one. */
	allCampaigns: boolean;
	inputMode: 'items' | 'json' | 'file';
	limits: SendLimits;
	output: ItemSettings['output'];
	includeInputFields: boolean;
	rejectedLeadsFail: boolean;
	/** Whether a campaign that calls nobody now, and doesn't accept the change, fails the lead. */
	unreachableFails: boolean;
	/** Check everything and send nothing. */
	dryRun: boolean;
}

/**
 * Reads the parameters that hold for all items, with the first item's values where they are
 * expressions.
 *
 * @throws NodeOperationError that names an option out of its range
 */
export function readSettings(context: IExecuteFunctions): Settings {
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	const number = (name: NumberOption) => numberOption(context, options, name);
	const choice = (name: string) => selected(context, optionNamed(name), options[name]);
	const flag = (name: string) => booleanOption(context, options, name);
	const parameter = (name: string) => listParameter(context, name, 0);
	const operation = parameter('operation') as LeadOperation;
	return {
		operation,
		allCampaigns: operation === 'deactivate' && parameter('scope') === 'allCampaigns',
		inputMode: parameter('inputMode') as Settings['inputMode'],
		limits: {
			batchSize: number('batchSize'),
			minimumInterval: number('minimumInterval') * 1000,
			maxWait: number('maxWait') * 1000,
		},
		output: choice('output') as Settings['output'],
		includeInputFields: flag('includeInputFields'),
		rejectedLeadsFail: choice('rejectedLeads') === 'error',
		unreachableFails: choice('unreachableCampaigns') === 'error',
		dryRun: flag('dryRun'),
	};
}

/** A parameter whose values are those of a list. */
function listParameter(context: IExecuteFunctions, name: string, item: number): unknown {
	const properties = [...operationProperties, ...campaignProperties, ...leadProperties];
	const found = properties.find((property) => property.name === name);
	return selected(context, found, context.getNodeParameter(name, item, found?.default));
}

/** The parameters of one file. */
export interface FileSettings {
	/** The name of the binary field. */
	field: string;
	format: FileFormat;
	/** The column that names the campaign; nothing where it is selected. */
	campaignColumn: string | undefined;
	/** The columns by field; nothing where they are matched by their names. */
	columns: ReadonlyArray<{ field: LeadFieldName; column: string }> | undefined;
	/** Whether the results hold only the rows that need attention. */
	onlyProblems: boolean;
}

/**
 * Reads the parameters of the file in an item.
 *
 * @throws NodeOperationError that names an option out of its range
 */
export function readFileSettings(
	context: IExecuteFunctions,
	allCampaigns: boolean,
	item: number,
): FileSettings {
	const options = context.getNodeParameter('options', item, {}) as IDataObject;
	const choice = (name: string) => {
		const value = selected(context, optionNamed(name), options[name]);
		return value === 'detect' ? undefined : value;
	};
	const text = (name: string) => toText(context.getNodeParameter(name, item, '')).trim();
	const byColumn = !allCampaigns && listParameter(context, 'campaignFrom', item) === 'column';
	const byHand = listParameter(context, 'fileMapping', item) === 'manual';
	const others = context.getNodeParameter('fileColumns', item, {}) as IDataObject;
	const columns: IDataObject = { ...others, phone_number: text('phoneNumberColumn') };
	const named = Object.keys(leadFields).flatMap((name) => {
		const column = toText(columns[name]).trim();
		return column === '' ? [] : [{ field: name as LeadFieldName, column }];
	});
	return {
		field: text('inputDataFieldName'),
		format: {
			delimiter: choice('delimiter') as FileFormat['delimiter'],
			encoding: choice('encoding') as FileFormat['encoding'],
			hasHeader: options.headerRow === undefined || booleanOption(context, options, 'headerRow'),
		},
		campaignColumn: byColumn ? text('campaignColumn') : undefined,
		columns: byHand ? named : undefined,
		onlyProblems: choice('resultsFile') === 'problems',
	};
}

/** One of the values that a list offers: an expression can give any other. */
function selected(
	context: IExecuteFunctions,
	property: INodeProperties | undefined,
	given: unknown,
): unknown {
	const value = given ?? property?.default;
	const choices = (property?.options ?? []).flatMap((each) =>
		'value' in each ? [each.value] : [],
	);
	if (choices.some((choice) => choice === value)) return value;
	const message = `'${property?.displayName}' can't be ${describe(value)}`;
	const values = choices.map((choice) => (/^\w/.test(toText(choice)) ? choice : describe(choice)));
	const description = `Select it from the list. An expression must return one of: ${values.join(', ')}.`;
	throw operationError(context.getNode(), { message, description });
}

/** A switch; an expression can also give `"true"` or `"false"`. */
function booleanOption(context: IExecuteFunctions, options: IDataObject, name: string): boolean {
	const given = options[name] ?? false;
	const value = typeof given === 'string' ? given.trim().toLowerCase() : given;
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false' || value === '') return false;
	const message = `'${optionNamed(name).displayName}' must be true or false, not ${describe(given)}`;
	const description = 'Turn it on or off, or let the expression return true or false.';
	throw operationError(context.getNode(), { message, description });
}

type NumberOption = 'batchSize' | 'minimumInterval' | 'maxWait';

const UNITS: Record<NumberOption, string> = {
	batchSize: 'leads',
	minimumInterval: 'seconds',
	maxWait: 'seconds',
};

function numberOption(
	context: IExecuteFunctions,
	options: IDataObject,
	name: NumberOption,
): number {
	const { displayName, typeOptions, default: usual } = optionNamed(name);
	const { minValue = 0, maxValue = 0, numberPrecision } = typeOptions ?? {};
	const isWhole = numberPrecision === 0;
	const given = options[name] ?? usual;
	const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
	if (typeof value === 'number' && value >= minValue && value <= maxValue) {
		if (!isWhole || Number.isInteger(value)) return value;
	}
	const kind = isWhole ? 'a whole number' : 'a number';
	const message = `'${displayName}' must be ${kind} from ${minValue} to ${maxValue}, not ${describe(given)}`;
	const description = `Enter a number of ${UNITS[name]} in this range, or remove the option.`;
	throw operationError(context.getNode(), { message, description });
}

/**
 * The default country of each item, as an ISO code; undefined where it is empty.
 *
 * @returns a function from an item's index; it throws NodeOperationError for what is not a country
 */
export function defaultCountryReader(
	context: IExecuteFunctions,
): (itemIndex: number) => string | undefined {
	const valueOf = itemParameter(context, 'defaultCountry', '');
	let last: { given: unknown; country: string | undefined } | undefined;
	return (itemIndex) => {
		const given = valueOf(itemIndex);
		if (last !== undefined && last.given === given) return last.country;
		const country = isEmpty(given) ? undefined : readCountry(given);
		if (country === undefined && !isEmpty(given)) {
			const message = `Invalid 'Default Country': ${describe(given)}`;
			const description =
				'Use a country from the list, e.g. GB. An expression can return its code (GB), its name (United Kingdom) or its calling code (+44).';
			throw operationError(context.getNode(), { message, description }, itemIndex);
		}
		last = { given, country };
		return country;
	};
}
