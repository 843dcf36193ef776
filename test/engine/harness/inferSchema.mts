import type { IDataObject } from 'n8n-workflow';
import type { OutputSchema } from '../../../nodes/shared/outputHint.ts';

/** What all these items have in common: the fields, their types, and which are always there. */
export function inferSchema(items: IDataObject[]): OutputSchema {
	const schema = schemaOf(items);
	if (schema.properties === undefined) throw new Error('There are no items to learn from');
	return schema;
}

function schemaOf(values: unknown[]): OutputSchema {
	// Null says least, so it comes last: n8n shows the first.
	const types = [...new Set(values.map(typeOf))].sort(
		(one, other) => Number(one === 'null') - Number(other === 'null'),
	);
	const [only = 'null', ...others] = types;
	const schema: OutputSchema = { type: others.length === 0 ? only : types };
	const lists = values.filter((value) => Array.isArray(value)).flat();
	if (lists.length > 0) schema.items = schemaOf(lists);
	const objects = values.filter(isObject);
	if (objects.length === 0) return schema;
	const names = [...new Set(objects.flatMap((each) => Object.keys(each)))];
	schema.properties = Object.fromEntries(
		names.map((name) => [
			name,
			schemaOf(objects.filter((each) => Object.hasOwn(each, name)).map((each) => each[name])),
		]),
	);
	schema.required = names.filter((name) => objects.every((each) => Object.hasOwn(each, name)));
	return schema;
}

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeOf(value) === 'object';
}
