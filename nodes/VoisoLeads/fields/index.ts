export { mergeContextHeaders } from './contextHeaders';
export { type LeadField, leadFields, type LeadFieldName, leadColumns } from './leadFields';
export { mapAutomatically } from './mapAutomatically';
export { isCountry, readPhone } from './phoneNumber';
export type { LeadOptions } from './reading';
export { type Lead, type RawLead, toLead } from './toLead';
