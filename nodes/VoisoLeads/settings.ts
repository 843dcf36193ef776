import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { optionNamed } from './description/options';
import { isCountry } from './fields';
import type { EmitSettings } from './steps/emit';
import type { DeliverySettings } from './steps/deliver';
import type { LeadOperation } from './steps/read';

/** The node's parameters that hold for all items. */
export interface Settings {
	operation: LeadOperation;
	/** Stop calling in every campaign rather than in a chosen one. */
	allCampaigns: boolean;
	leadSource: 'items' | 'json';
	defaultCountry: string | undefined;
	delivery: Omit<DeliverySettings, 'baseUrl'>;
	output: EmitSettings['output'];
	includeInputFields: boolean;
	rejectedLeadsFail: boolean;
}

/**
 * Reads the parameters that hold for all items, with the first item's values where they are
 * expressions.
 *
 * @throws NodeOperationError that names an option out of its range
 */
export function readSettings(context: IExecuteFunctions): Settings {
	const operation = context.getNodeParameter('operation', 0) as LeadOperation;
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	const number = (name: NumberOption) => numberOption(context, options, name);
	return {
		operation,
		allCampaigns:
			operation === 'deactivate' &&
			context.getNodeParameter('scope', 0, 'campaign') === 'allCampaigns',
		leadSource: context.getNodeParameter('leadSource', 0, 'items') as Settings['leadSource'],
		defaultCountry: countryOption(context, options),
		delivery: {
			batchSize: number('batchSize'),
			minimumInterval: number('minimumInterval'),
			maxWait: number('maxWait') * 1000,
		},
		output: (options.output ?? 'perLead') as Settings['output'],
		includeInputFields: options.includeInputFields === true,
		rejectedLeadsFail: options.rejectedLeads === 'error',
	};
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
	throw new NodeOperationError(
		context.getNode(),
		`${displayName} is ${JSON.stringify(given)}, which is not possible`,
		{
			description: `Give a number of ${UNITS[name]} from ${minValue} to ${maxValue}, or remove the option.`,
		},
	);
}

function countryOption(context: IExecuteFunctions, options: IDataObject): string | undefined {
	const given = options.defaultCountry ?? '';
	const country = typeof given === 'string' ? given.trim().toUpperCase() : String(given);
	if (country === '') return undefined;
	if (isCountry(country)) return country;
	throw new NodeOperationError(
		context.getNode(),
		`Default Country is ${JSON.stringify(given)}, which is not a country's code`,
		{
			description: 'Give the two letters of ISO 3166, such as GB, DE or US, or remove the option.',
		},
	);
}
