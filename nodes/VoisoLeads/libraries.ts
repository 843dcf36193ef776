// The code of others that ships with the node, and all that is used of it. The build minifies what this file
// brings in, and puts the licenses on top of the bundle.

export {
	getCountries,
	getCountryCallingCode,
	isSupportedCountry,
	parsePhoneNumberFromString,
	type CountryCode,
	type PhoneNumber,
} from 'libphonenumber-js/max';
export { default as phoneMetadata } from 'libphonenumber-js/metadata.max.json';
