export { mergeContextHeaders } from './contextHeaders';
export { countryOptions, readCountry } from './countries';
export { type CountryGuess, guessCountry } from './guessCountry';
export { type LeadField, leadFields, type LeadFieldName, leadColumns } from './leadFields';
export { readLeadsJson } from './leadsJson';
export { AutomaticMapping, type MappingReport } from './mapAutomatically';
export { NO_COUNTRY_CODE, readPhone } from './phoneNumber';
export type { LeadOptions } from './reading';
export { type Lead, type RawLead, toLead } from './toLead';
