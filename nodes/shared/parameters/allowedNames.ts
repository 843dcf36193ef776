const words = (text: string): Set<string> => new Set(text.split(/\s+/));

/** Functions whose result depends on nothing but their arguments. */
export const PURE_FUNCTIONS = words(
	`Boolean Number String decodeURI decodeURIComponent encodeURI encodeURIComponent isFinite isNaN
	parseFloat parseInt $average $if $ifEmpty $max $min $not`,
);

/** What may be taken from these objects: functions that depend on nothing but their arguments. */
export const PURE_STATICS = new Map([
	['Array', words('from isArray of')],
	['Date', words('UTC parse')],
	[
		'DateTime',
		words(`fromFormat fromHTTP fromISO fromJSDate fromMillis fromRFC2822 fromSQL fromSeconds`),
	],
	['JSON', words('parse stringify')],
	[
		'Math',
		words(
			`E LN10 LN2 PI abs cbrt ceil exp floor hypot log log10 log2 max min pow round sign sqrt trunc`,
		),
	],
	[
		'Number',
		words('EPSILON MAX_SAFE_INTEGER isFinite isInteger isNaN isSafeInteger parseFloat parseInt'),
	],
	['Object', words('entries fromEntries keys values')],
	['String', words('fromCharCode fromCodePoint')],
]);

/**
 * Methods that change nothing and depend on nothing but what they belong to and their arguments, whatever
 * they belong to: text, a number, a list, a date (JavaScript's or luxon's), an object, a set or a regular
 * expression. The second part are n8n's own.
 */
export const PURE_METHODS = words(
	`at charAt charCodeAt codePointAt concat endsWith entries every exec filter find findIndex findLast
	findLastIndex flat flatMap getDate getDay getFullYear getHours getMinutes getMonth getSeconds getTime
	has includes indexOf join lastIndexOf localeCompare map match matchAll normalize padEnd padStart
	reduce reduceRight repeat replace replaceAll search slice some split startsWith startOf substr
	substring test toExponential toFixed toFormat toHTTP toISO toISODate toISOString toISOTime
	toJSDate toLocaleDateString toLocaleLowerCase toLocaleString toLocaleTimeString toLocaleUpperCase
	toLowerCase toMillis toPrecision toRFC2822 toReversed toSQL toSQLDate toSeconds toSorted toString
	toUTC toUnixInteger toUpperCase trim trimEnd trimStart setLocale setZone endOf

	abs append average base64Decode base64Encode beginningOf ceil chunk compact diff diffTo difference
	endOfMonth extract extractDomain extractEmail extractUrl extractUrlPath first floor format hasField
	hash intersection isBetween isDomain isEmail isEmpty isEven isInteger isNotEmpty isNumeric isOdd
	isUrl isWeekend keepFieldsContaining keys last max merge min minus parseJson pluck plus quote
	removeField removeFieldsContaining removeMarkdown removeTags renameKeys replaceSpecialChars round
	smartJoin sum toBoolean toDate toDateTime toDecimalNumber toFloat toInt toJsonString toNumber
	toSentenceCase toSnakeCase toTitleCase toWholeNumber union unique urlDecode urlEncode values`,
);

/** n8n's names that stand for the same during the whole execution of a node. */
export const EXECUTION_NAMES = words(
	'$env $execution $executionId $mode $nodeId $nodeVersion $prevNode $runIndex $vars $webhookId $workflow',
);

/** What `$('Some node')` and `$input` have that is the same for all items; the first three are methods. */
export const NODE_METHODS = words('all first last');
