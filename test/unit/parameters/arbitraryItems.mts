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
	tags: fc.oneof(TAGS, VALUES),
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
