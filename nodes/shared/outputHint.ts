import type { IBuilderHintVariation, IDisplayOptions } from 'n8n-workflow';

/** The schema of an output, as in a file of `__schema__`: the part of JSON Schema that n8n reads. */
export interface OutputSchema {
	type: string | string[];
	properties?: Record<string, OutputSchema>;
	required?: string[];
	items?: OutputSchema;
	enum?: string[];
}

/**
 * The fields of an output for AI workflow builders, in TypeScript: of a community node, n8n itself tells
 * them of the parameters only.
 *
 * @param show for which resource and operation
 */
export function outputHint(
	schema: OutputSchema,
	show?: IDisplayOptions['show'],
): IBuilderHintVariation {
	const content = `@output Each item's json: ${typeOf(schema)}`;
	return show === undefined ? { content } : { content, displayOptions: { show } };
}

/** `{ phone_number: string; reason?: string }` */
function typeOf({ type, properties, required, items, enum: values }: OutputSchema): string {
	if (values !== undefined) return values.map((value) => `'${value}'`).join(' | ');
	if (items !== undefined) return `Array<${typeOf(items)}>`;
	if (properties === undefined) return [type].flat().join(' | ');
	const fields = Object.entries(properties).map(
		([name, field]) => `${name}${required?.includes(name) ? '' : '?'}: ${typeOf(field)}`,
	);
	return `{ ${fields.join('; ')} }`;
}
