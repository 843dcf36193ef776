import { NodeOperationError, type INode } from 'n8n-workflow';
import { shorten, toText } from '../shared/text';

const LONGEST_SHOWN = 50;

/**
 * A value of a parameter's list: an expression can give any other, which would silently mean something else.
 *
 * @param name as the editor shows it
 * @throws NodeOperationError for a value that isn't in the list
 */
export function oneOf<Value>(
	node: INode,
	name: string,
	value: unknown,
	values: readonly Value[],
): Value {
	const known = values.find((each) => each === value);
	if (known !== undefined) return known;
	const given = shorten(toText(value), LONGEST_SHOWN);
	throw new NodeOperationError(node, `'${name}' can't be "${given}"`, {
		description: `Select it from the list. An expression must return one of: ${values.join(', ')}.`,
	});
}

/**
 * The texts of a list, or of one, such as the names of events.
 *
 * @param name as the editor shows it
 * @throws NodeOperationError for what is no text, and so is never met
 */
export function textsOf(node: INode, name: string, value: unknown): string[] {
	const given: unknown[] = [value].flat().filter((each) => toText(each).trim() !== '');
	const texts = given.filter((each) => typeof each === 'string');
	if (texts.length === given.length) return texts.map((text) => text.trim());
	const wrong = shorten(toText(given.find((each) => typeof each !== 'string')), LONGEST_SHOWN);
	throw new NodeOperationError(node, `'${name}' has a value that isn't text: ${wrong}`, {
		description: 'Select from the list. An expression must return a text, or an array of texts.',
	});
}
