import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { operationError } from '../shared/api/explain';
import { leadSourceProperties, operationProperties } from './description/operations';
import { optionNamed } from './description/options';
import { isCountry } from './fields';
import type { EmitSettings } from './emit/items';
import type { SendLimits } from './send/types';
import type { LeadOperation } from './types';

/** The node's parameters that hold for all items. */
export interface Settings {
	operation: LeadOperation;
	/** Stop calling in every campaign rather than in a chosen one. */
	allCampaigns: boolean;
	leadSource: 'items' | 'json';
	defaultCountry: string | undefined;
	limits: SendLimits;
	output: EmitSettings['output'];
	includeInputFields: boolean;
	rejectedLeadsFail: boolean;
	/** Whether a campaign that calls nobody now, and doesn't accept the change, fails the lead. */
	unreachableFails: boolean;
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
	const choice = (name: string) => chosen(context, optionNamed(name), options[name]);
	const parameter = (name: string) => {
		const found = [...operationProperties, ...leadSourceProperties].find(
			(property) => property.name === name,
		);
		return chosen(context, found, context.getNodeParameter(name, 0, found?.default));
	};
	const operation = parameter('operation') as LeadOperation;
	return {
		operation,
		allCampaigns: operation === 'deactivate' && parameter('scope') === 'allCampaigns',
		leadSource: parameter('leadSource') as Settings['leadSource'],
		defaultCountry: countryOption(context, options),
		limits: {
			batchSize: number('batchSize'),
			minimumInterval: number('minimumInterval'),
			maxWait: number('maxWait') * 1000,
		},
		output: choice('output') as Settings['output'],
		includeInputFields: options.includeInputFields === true,
		rejectedLeadsFail: choice('rejectedLeads') === 'error',
		unreachableFails: options.unreachableCampaigns === 'error',
	};
}

/** One of the values that a list offers: an expression can give any other. */
function chosen(
	context: IExecuteFunctions,
	property: INodeProperties | undefined,
	given: unknown,
): unknown {
	const value = given ?? property?.default;
	const choices = (property?.options ?? []).flatMap((each) =>
		'value' in each ? [each.value] : [],
	);
	if (choices.some((choice) => choice === value)) return value;
	const message = `${property?.displayName} is ${JSON.stringify(value)}, which is not possible`;
	const description = `Choose it from the list. An expression must give one of: ${choices.join(', ')}.`;
	throw operationError(context.getNode(), { message, description });
}

type NumberOption = 'batchSize' | 'minimumInterval' | 'maxWait';

const UNITS: Record<NumberOption, string> = {
	batchSize: 'leads',
	minimumInterval: 'milliseconds',
	maxWait: 'seconds',
};

function numberOption(
	context: IExecuteFunctions,
	options: IDataObject,
	name: NumberOption,
): number {
	const { displayName, typeOptions, default: usual } = optionNamed(name);
	const { minValue = 0, maxValue = 0, numberPrecision } = typeOptions ?? {};
	const given = options[name] ?? usual;
	const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
	if (typeof value === 'number' && value >= minValue && value <= maxValue) {
		if (numberPrecision !== 0 || Number.isInteger(value)) return value;
	}
	const message = `${displayName} is ${JSON.stringify(given)}, which is not possible`;
	const description = `Give a number of ${UNITS[name]} from ${minValue} to ${maxValue}, or remove the option.`;
	throw operationError(context.getNode(), { message, description });
}

function countryOption(context: IExecuteFunctions, options: IDataObject): string | undefined {
	const given = options.defaultCountry ?? '';
	const country = typeof given === 'string' ? given.trim().toUpperCase() : String(given);
	if (country === '') return undefined;
	if (isCountry(country)) return country;
	const message = `Default Country is ${JSON.stringify(given)}, which is not a country's code`;
	const description =
		'Give the two letters of ISO 3166, such as GB, DE or US, or remove the option.';
	throw operationError(context.getNode(), { message, description });
}
