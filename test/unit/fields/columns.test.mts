import { describe, expect, it } from 'vitest';
import { Columns, FIELD_OF, type Place } from '../../../nodes/VoisoLeads/fields/columns.ts';

/** The columns of one item. */
function shapeOf(json: object, columns = new Columns(), place: Place = columns.items) {
	return columns.shapeOf({ ...json }, place);
}

const numbered = (count: number, name: (index: number) => string) =>
	Object.fromEntries(Array.from({ length: count }, (_, index) => [name(index), '1']));

describe('the columns of an item', () => {
	it('are none where there are no keys', () => {
		const columns = new Columns();
		const parts = Object.keys(FIELD_OF).map((part) => [part, []]);
		expect(shapeOf({}, columns)).toEqual({ ...Object.fromEntries(parts), containers: [] });
		expect(columns.hasPhoneColumn).toBe(false);
	});

	it.each([
		['Phone', true],
		['Store Phone', true],
		['Number', false],
		['Name', false],
	])('have one for phone numbers, or none: %s', (key, hasPhoneColumn) => {
		const columns = new Columns();
		shapeOf({ [key]: '1' }, columns);
		expect(columns.hasPhoneColumn).toBe(hasPhoneColumn);
	});

	it('are those of its own keys, whatever the item before had', () => {
		const columns = new Columns();
		const keysOf = (json: object) =>
			columns
				.shapeOf(json as Record<string, unknown>, columns.items)
				.phone_number.map(({ key }) => key);
		expect(keysOf({ Phone: '1', Mobile: '2' }).sort()).toEqual(['Mobile', 'Phone']);
		expect(keysOf({ Phone: '1' })).toEqual(['Phone']);
		expect(keysOf({ Phone: '1', Mobile: '2', 'Home Phone': '3' })).toHaveLength(3);
		expect(keysOf({ Phone: '1', Mobile: '2' })).toHaveLength(2);
		const inheriting = Object.assign(Object.create({ Mobile: '2' }) as object, { Phone: '1' });
		expect(keysOf(inheriting)).toEqual(['Phone']);
	});

	it.each([
		['Phone 1 - Value', ['Phone 1 - Label', 'Phone 1 - Type']],
		['Value Phone - Value', ['Value Phone - Label', 'Value Phone - Type']],
		['Phone 1', undefined],
	])('know the keys that say what kind of number it is: %s', (key, labels) => {
		const { phone_number, weak_phone_number } = shapeOf({ [key]: '1' });
		expect([...phone_number, ...weak_phone_number].map((column) => column.labels)).toEqual([
			labels,
		]);
	});

	it('look into twenty objects at most', () => {
		const objects = numbered(25, (index) => `Contact ${index}`);
		expect(shapeOf(objects).containers).toHaveLength(20);
	});
});

describe('what is kept of the columns', () => {
	const other = (index: number) => ({ [`k${index}`]: '1' });

	it.each([
		[2000, true],
		[2001, false],
	])('is bounded by their number: of %i shapes the first is kept: %j', (shapes, isKept) => {
		const columns = new Columns();
		const first = shapeOf(other(0), columns);
		for (let index = 1; index < shapes; index++) shapeOf(other(index), columns);
		expect(shapeOf(other(0), columns) === first).toBe(isKept);
	});

	it.each([
		[24, true],
		[26, false],
	])('is bounded by their characters: of %i long ones the first is kept: %j', (shapes, isKept) => {
		const columns = new Columns();
		const long = (index: number) => ({ [String(index).padEnd(19_900, 'x')]: '1' });
		const first = shapeOf(long(0), columns);
		for (let index = 1; index < shapes; index++) shapeOf(long(index), columns);
		expect(shapeOf(long(0), columns) === first).toBe(isKept);
	});

	it.each([
		[20_000, true],
		[20_001, false],
	])('has no name that is too long: one of %i characters is kept: %j', (length, isKept) => {
		const columns = new Columns();
		// With the brackets and quotes of a list.
		const json = { ['x'.repeat(length - 4)]: '1' };
		const first = shapeOf(json, columns);
		shapeOf({}, columns);
		expect(shapeOf(json, columns) === first).toBe(isKept);
	});
});

describe('the report', () => {
	/** As if every column had given each lead a value. */
	function reportOf(json: object) {
		const columns = new Columns();
		const shape = shapeOf(json, columns);
		for (const column of [...shape.phone_number, ...shape.name]) column.leads++;
		return columns.report();
	}

	it.each([
		['Home Phone', 'Mobile'],
		['Mobile', 'Home Phone'],
	])('has the columns of a field as they are preferred: %s, %s', (...keys) => {
		const { used } = reportOf({ Name: '1', ...Object.fromEntries(keys.map((key) => [key, '1'])) });
		expect(used.map(({ column }) => column)).toEqual(['Mobile', 'Home Phone', 'Name']);
	});

	it('names a thousand columns at most', () => {
		// Names that differ by what doesn't count in them.
		const bits = (index: number) => index.toString(2).padStart(11, '0');
		const name = (index: number) => `Phone${bits(index).replaceAll('0', '-').replaceAll('1', '_')}`;
		expect(reportOf(numbered(1100, name)).used).toHaveLength(1000);
	});

	it('names a hundred that gave nothing at most', () => {
		const unknown = numbered(150, (index) => `zz${index}`);
		expect(reportOf(unknown).ignored).toHaveLength(100);
		const unused = numbered(99, (index) => `zz${index}`);
		expect(reportOf({ ...unused, Priority: 1, Active: true }).ignored).toHaveLength(100);
	});

	it('names what holds no object under the name of one', () => {
		expect(reportOf({ Billing: 'Ann', Misc: 'x' }).ignored.sort()).toEqual(['Billing', 'Misc']);
		const ignored = [{ phone: '1' }, null, undefined].map(
			(value) => reportOf({ Billing: value }).ignored,
		);
		expect(ignored).toEqual([[], [], []]);
	});
});

it.each([
	['e164', -1],
	['International Number', -1],
	['color', undefined],
])('within a phone column %s has rank %j', (key, rank) => {
	expect(new Columns().rankInPhone(key)).toBe(rank);
});
