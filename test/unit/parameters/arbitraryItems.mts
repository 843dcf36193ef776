import fc from 'fast-check';

const VALUES: fc.Arbitrary<unknown> = fc.oneof(
	fc.constantFrom<unknown>(
		'',
		' Ada Lovelace ',
		"O'Neil",
		'ada@example.com, bo@example.com',
		'+44 7911 123456',
		'447911123456',
		'2024-03-31',
		'2024-03-31T01:30:00.000Z',
		'<b>bold</b>',
		'{{ $json.name }}',
		'={{ $json.name }}',
		'true',
		'null',
		0,
		-0,
		1,
		12.345,
		-1,
		1e21,
		Number.NaN,
		true,
		false,
		null,
		undefined,
	),
	fc.string(),
);

const TAGS = fc.array(VALUES, { maxLength: 3 });

/** What Edit Fields makes of `{{ ({ mobile: $json.mobile, work: $json.phone }) }}`: members can be `undefined`. */
const CONTACT = fc.record(
	{ mobile: fc.oneof(fc.constant(undefined), VALUES), work: VALUES, home: TAGS },
	{ requiredKeys: [] },
);

const GAPS = fc.sparseArray(VALUES, { maxLength: 5, maxNumElements: 3 });

const ITEM_FIELDS = {
	name: VALUES,
	first: VALUES,
	phone: VALUES,
	'Lead Name': VALUES,
	email: VALUES,
	имя: VALUES,
	n: fc.oneof(fc.integer(), fc.double(), VALUES),
	flag: fc.boolean(),
	date: VALUES,
	nested: fc.oneof(
		VALUES,
		fc.record({ deep: fc.oneof(VALUES, fc.record({ deeper: VALUES })) }),
		TAGS,
	),
	tags: fc.oneof(TAGS, VALUES, GAPS),
	contact: fc.oneof(
		{ weight: 3, arbitrary: CONTACT },
		VALUES,
		GAPS,
		fc.array(CONTACT, { maxLength: 2 }),
	),
	length: VALUES,
	isProxy: VALUES,
	'0': VALUES,
};

/** The data of an item, with the keys that the expressions use, or without some of them. */
export const itemData = fc.record(ITEM_FIELDS, { requiredKeys: [] });

/** The same with keys and values that make n8n's ways of evaluating differ. */
export const oddItemData = fc.record(
	{
		...ITEM_FIELDS,
		name: fc.oneof(VALUES, fc.date({ noInvalidDate: true }), fc.bigInt(), fc.uint8Array()),
		toString: VALUES,
		constructor: VALUES,
		__proto__: VALUES,
	},
	{ requiredKeys: [] },
);

/** An object or list whose copy by JSON, or by n8n's isolate, differs from what n8n makes of it. */
export const itemWithOddObject = fc.record({
	name: VALUES,
	contact: fc.oneof(
		CONTACT,
		GAPS,
		fc.array(fc.oneof(CONTACT, fc.constant(undefined)), { maxLength: 3 }),
	),
});
