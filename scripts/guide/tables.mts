import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** A Markdown table. Line breaks and bars within a cell are taken care of. */
export function table(header: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;
	return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(text: string): string {
	return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
}

/** The operations of a resource, or of a node without resources. */
export function operationTable(properties: INodeProperties[], resource?: string): string {
	const operation = properties.find(
		({ name, displayOptions }) =>
			name === 'operation' &&
			(resource === undefined || displayOptions?.show?.['resource']?.includes(resource)),
	);
	return table(
		['Operation', 'What it does'],
		choicesOf(operation).map(({ name, description }) => [`**${name}**`, sentence(description)]),
	);
}

/** Every parameter that can be filled in, those within collections too. */
export function parameterTable(properties: INodeProperties[]): string {
	const rows = properties.flatMap((property) => parameterRows(property, properties));
	// What several operations have alike stands in one row.
	const alike = Map.groupBy(rows, ({ shownFor: _, ...same }) => JSON.stringify(same));
	return table(
		['Parameter', 'For', 'Default', 'What it is'],
		[...alike.values()].map((group) => {
			const [{ name, initial, meaning }] = group as [Row, ...Row[]];
			return [name, inOneCell(group.map((row) => row.shownFor)), initial, meaning];
		}),
	);
}

/** `Campaign: Pause` and `Campaign: Start` are `Campaign: Pause, Start`; the others have a line each. */
function inOneCell(shownFor: string[]): string {
	const byStart = Map.groupBy(new Set(shownFor), (each) => each.split(': ', 1).join(''));
	const lines = Array.from(byStart, ([start, group]) => {
		const ends = group.map((each) => each.slice(start.length + 2));
		const isList = group.length > 1 && ends.every((end) => end !== '' && !/[:;]/.test(end));
		return isList ? `${start}: ${ends.join(', ')}` : group.join('<br>');
	});
	return lines.join('<br>');
}

interface Row {
	name: string;
	/** For which operations or choices it is shown. */
	shownFor: string;
	initial: string;
	meaning: string;
}

const NOT_FILLED_IN = ['hidden', 'notice'];

function parameterRows(property: INodeProperties, all: INodeProperties[]): Row[] {
	const { name, type, displayName, options = [] } = property;
	if (NOT_FILLED_IN.includes(type) || ['resource', 'operation'].includes(name)) return [];
	const shownFor = shownForInWords(property, all);
	const rowOf = (each: INodeProperties, group = ''): Row => ({
		name: `${group}**${each.displayName}**`,
		shownFor,
		initial: defaultOf(each),
		meaning: meaningOf(each),
	});
	if (type !== 'collection') return [rowOf(property)];
	return options.flatMap((option) =>
		'type' in option ? [rowOf(option, `${displayName} → `)] : [],
	);
}

/** The operations or choices for which a parameter is shown. */
function shownForInWords({ displayOptions }: INodeProperties, all: INodeProperties[]): string {
	const shown = displayOptions?.show ?? {};
	const { resource: resources, operation: operations } = shown;
	const words = Object.entries(shown).flatMap(([name, values]) => {
		const governing = all.filter(
			(each) =>
				each.name === name &&
				(name !== 'operation' || overlaps(each.displayOptions?.show?.['resource'], resources)),
		);
		const names = governing.flatMap((each) => {
			const chosen = choicesOf(each).filter(({ value }) => values?.includes(value));
			if (name === 'operation' && chosen.length === choicesOf(each).length) return [];
			return chosen.map((choice) => choice.name);
		});
		if (name === 'resource') {
			const isWhole = operations === undefined || hasAllOperations(resources, operations, all);
			return isWhole && names.length === 1 ? names : [];
		}
		if (names.length === 0)
			return values?.includes(false) ? [`without *${labelOf(name, all)}*`] : [];
		const unique = [...new Set(names)].join(', ');
		if (name !== 'operation') return [`*${labelOf(name, all)}*: ${unique}`];
		const of = choicesOf(all.find((each) => each.name === 'resource')).filter(({ value }) =>
			resources?.includes(value),
		);
		return [of.length === 0 ? unique : `${of.map((each) => each.name).join(', ')}: ${unique}`];
	});
	return words.join('; ') || 'all';
}

function hasAllOperations(
	resources: readonly unknown[] = [],
	operations: readonly unknown[],
	all: INodeProperties[],
): boolean {
	const governing = all.filter(
		(each) =>
			each.name === 'operation' && overlaps(each.displayOptions?.show?.['resource'], resources),
	);
	return governing.flatMap(choicesOf).every(({ value }) => operations.includes(value));
}

function overlaps(some: readonly unknown[] = [], others: readonly unknown[] = []): boolean {
	return others.length === 0 || some.some((each) => others.includes(each));
}

function labelOf(name: string, all: INodeProperties[]): string {
	return all.find((each) => each.name === name)?.displayName ?? name;
}

function choicesOf(property: INodeProperties | undefined): INodePropertyOptions[] {
	return (property?.options ?? []).filter((each): each is INodePropertyOptions => 'value' in each);
}

function defaultOf(property: INodeProperties): string {
	const { default: value, type } = property;
	const chosen = choicesOf(property).filter((each) => [value].flat().includes(each.value));
	if (chosen.length > 0) return chosen.map(({ name }) => name).join(', ');
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	if (typeof value === 'number') return value.toLocaleString('en');
	return typeof value === 'string' && value !== '' && type !== 'json' ? value : '';
}

function meaningOf(property: INodeProperties): string {
	const { description, hint, typeOptions, type } = property;
	const { minValue, maxValue } = typeOptions ?? {};
	const range =
		minValue !== undefined && maxValue !== undefined
			? `From ${minValue.toLocaleString('en')} to ${maxValue.toLocaleString('en')}.`
			: '';
	const isList = type === 'options' || type === 'multiOptions';
	const choices = isList ? choicesInWords(choicesOf(property)) : '';
	return [sentence(description), sentence(hint), range, choices]
		.filter((text) => text !== '')
		.join(' ');
}

const MOST_CHOICES = 20;

function choicesInWords(choices: INodePropertyOptions[]): string {
	if (choices.length === 0) return '';
	// Nobody reads a list of all countries here.
	if (choices.length > MOST_CHOICES) return '';
	if (choices.every(({ description }) => !description))
		return `One of: ${choices.map(({ name }) => `*${name}*`).join(', ')}.`;
	return choices
		.map(({ name, description }) =>
			description ? `*${name}*: ${sentence(description)}` : `*${name}*.`,
		)
		.join(' ');
}

/** Plain text of a description, which may hold HTML, ended with a full stop. */
function sentence(text = ''): string {
	const plain = text.replace(/<[^>]+>/g, '').trim();
	return plain === '' || /[.!?…]$/.test(plain) ? plain : `${plain}.`;
}
