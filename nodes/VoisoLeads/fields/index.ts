export {
	type LeadField,
	leadFields,
	type LeadFieldName,
	leadColumns,
	type LeadOptions,
} from './leadFields';
export { mapAutomatically } from './mapAutomatically';
export { isCountry, type NormalisedPhone, normalisePhone } from './phoneNumber';
export { type Lead, type RawLead, type RefusedLead, toLead } from './toLead';
