export { mergeContextHeaders } from './contextHeaders';
export { type LeadField, leadFields, type LeadFieldName, leadColumns } from './leadFields';
export { readLeadsJson } from './leadsJson';
export { AutomaticMapping, type MappingReport } from './mapAutomatically';
export { isCountry, readPhone } from './phoneNumber';
export type { LeadOptions } from './reading';
export { type Lead, type RawLead, toLead } from './toLead';
export { guessCountry, countryOptions, readCountry } from './guess';
