import type { Fields } from './fieldsRead';

const DEEPEST = 20;

/**
 * About how many characters of JSON a value takes, if JSON, and a copy made by it, says all that there is to
 * it: no `undefined`, `NaN`, `-0` or date, no gap in a list, no field that hides what every object has.
 *
 * @param most characters to count; what has more is not looked at to its end
 * @returns Infinity for all other values, and for those that have more
 */
export function exactSize(value: unknown, most: number, depth = 0): number {
	switch (typeof value) {
		case 'string':
			return value.length + 2;
		case 'number':
			return Number.isFinite(value) && !Object.is(value, -0) ? 10 : Infinity;
		case 'boolean':
			return 5;
	}
	if (value === null) return 4;
	if (typeof value !== 'object') return Infinity;
	const keys = depth > DEEPEST ? undefined : exactKeys(value);
	if (!keys) return Infinity;
	let size = 2;
	for (const key of keys) {
		size += key.length + 4 + exactSize(Reflect.get(value, key), most - size, depth + 1);
		if (size > most) return Infinity;
	}
	return size;
}

/**
 * Some fields of an item's data, as far as JSON can hold them. A field that is `undefined` is as good as one
 * that is not there.
 *
 * @returns undefined where it can't, or where they have more characters than `most`
 */
export function exactData(
	json: unknown,
	fields: Fields,
	most: number,
): { value: object; size: number } | undefined {
	try {
		return copyOf(json, fields, most);
	} catch {
		// A getter or a proxy, which n8n may never ask.
		return undefined;
	}
}

function copyOf(json: unknown, fields: Fields, most: number): ReturnType<typeof exactData> {
	if (!hasPlainPrototype(json)) return undefined;
	if (fields === 'all') {
		const size = exactSize(json, most);
		return size <= most ? { value: json, size } : undefined;
	}
	const value: Record<string, unknown> = {};
	let size = 2;
	for (const field of fields) {
		const part: unknown = Object.hasOwn(json, field) ? Reflect.get(json, field) : undefined;
		if (part === undefined) continue;
		size += field.length + 4 + exactSize(part, most);
		value[field] = part;
	}
	return size <= most ? { value, size } : undefined;
}

/** The keys of a list without gaps or of an object of data, when there is nothing else to it. */
function exactKeys(value: object): string[] | undefined {
	const keys = Object.keys(value);
	const hidden = Reflect.ownKeys(value).length - keys.length;
	const isExact = Array.isArray(value)
		? hidden === 1 &&
			keys.length === value.length &&
			keys.every((key, index) => key === String(index))
		: hidden === 0 && hasPlainPrototype(value) && !keys.some((key) => key in Object.prototype);
	return isExact ? keys : undefined;
}

function hasPlainPrototype(value: unknown): value is object {
	if (typeof value !== 'object' || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}
