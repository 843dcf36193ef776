import {
	displayParameter,
	getNodeParameters,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodeTypeDescription,
} from 'n8n-workflow';

/** A form that a node can show: the parameters that decide about it, and what must be seen then. */
export interface Form {
	/** Name of the parameter → name of the chosen option, or whether it is on, in the order in which they can be chosen. */
	choices: Map<string, string | boolean>;
	/** Labels of the fields. */
	fields: string[];
	/** Of each collection, such as Options: what can be added. */
	collections: string[][];
	/** Beginnings of the notices. */
	notices: string[];
	/** Display names of the credentials' types. */
	credentials: string[];
}

/** How the editor labels a resource mapper, which has no label of its own. */
const MAPPER_LABEL = 'Mapping Column Mode';
const NOTICE_LENGTH = 40;

/** All forms of a node, by n8n's own rules of what is shown when. */
export function formsOf(description: INodeTypeDescription): Form[] {
	const deciding = new Set(
		[...description.properties, ...(description.credentials ?? [])].flatMap(
			({ displayOptions: { show, hide } = {} }) => Object.keys({ ...show, ...hide }),
		),
	);
	return statesOf(description, deciding).map((values) => formOf(description, deciding, values));
}

/** The labels and names of fields that a node can show in some form. */
export function allFields({ properties }: INodeTypeDescription): Set<string> {
	return new Set(properties.filter(isField).map(labelOf));
}

/** All combinations of the deciding parameters that can be reached, depth first. */
function statesOf(
	description: INodeTypeDescription,
	deciding: Set<string>,
	decided: INodeParameters = {},
): INodeParameters[] {
	const next = visible(description, decided).find(
		(property) =>
			isChoice(property) && deciding.has(property.name) && !Object.hasOwn(decided, property.name),
	);
	if (!next) return [decided];
	return choicesOf(next).flatMap(({ value }) =>
		statesOf(description, deciding, { ...decided, [next.name]: value }),
	);
}

function formOf(
	description: INodeTypeDescription,
	deciding: Set<string>,
	values: INodeParameters,
): Form {
	const shown = visible(description, values);
	// One that stands above another can be shown only for what is chosen in the other.
	const order = Object.keys(values);
	const choices = shown
		.filter((property) => isChoice(property) && deciding.has(property.name))
		.toSorted((one, other) => order.indexOf(one.name) - order.indexOf(other.name))
		.map((property): [string, string | boolean] => {
			const chosen = choicesOf(property).find(({ value }) => value === values[property.name]);
			return [property.name, chosen?.label ?? ''];
		});
	const filled = withDefaults(description, values);
	return {
		choices: new Map(choices),
		fields: shown.filter(isField).map(labelOf),
		collections: shown
			.filter(({ type }) => type === 'collection')
			.map((collection) => optionsOf(description, collection, filled)),
		notices: shown
			.filter(({ type }) => type === 'notice')
			.map(({ displayName }) => displayName.slice(0, NOTICE_LENGTH)),
		credentials: (description.credentials ?? [])
			.filter((credential) =>
				displayParameter(filled, credential, nodeOf(description), description),
			)
			.map(({ name }) => name),
	};
}

function choicesOf(
	property: INodeProperties,
): { label: string | boolean; value: string | boolean }[] {
	if (property.type === 'boolean') return [true, false].map((value) => ({ label: value, value }));
	return (property.options ?? []).flatMap((option) =>
		'value' in option && typeof option.value === 'string'
			? { label: option.name, value: option.value }
			: [],
	);
}

function optionsOf(
	description: INodeTypeDescription,
	{ options = [], default: filled }: INodeProperties,
	root: INodeParameters,
): string[] {
	// What a new node has already can't be added.
	const there = Object.keys(Object(filled) as object);
	return options.flatMap((option) => {
		if (!('type' in option) || there.includes(option.name)) return [];
		const isShown = displayParameter({}, option, nodeOf(description), description, root);
		return isShown ? [option.displayName] : [];
	});
}

function visible(description: INodeTypeDescription, values: INodeParameters): INodeProperties[] {
	const filled = withDefaults(description, values);
	const node = nodeOf(description);
	return description.properties.filter((property) =>
		displayParameter(filled, property, node, description),
	);
}

function withDefaults(description: INodeTypeDescription, values: INodeParameters): INodeParameters {
	const { properties } = description;
	const node = nodeOf(description);
	return getNodeParameters(properties, values, true, false, node, description) ?? {};
}

function nodeOf({ name }: INodeTypeDescription): INode {
	return { id: '1', name, type: name, typeVersion: 1, position: [0, 0], parameters: {} };
}

function isChoice({ type }: INodeProperties): boolean {
	return type === 'options' || type === 'boolean';
}

function isField({ type }: INodeProperties): boolean {
	return type !== 'hidden' && type !== 'notice';
}

function labelOf({ type, displayName }: INodeProperties): string {
	return type === 'resourceMapper' ? MAPPER_LABEL : displayName;
}
