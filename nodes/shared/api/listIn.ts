import { isObject } from './problem';

/**
 * The list in a response whose name no page of Voiso says for sure: the one of the name that is likely, else
 * the first that holds objects, else the first; or the bare list.
 */
export function listIn(body: unknown, likelyName: string): unknown[] | undefined {
	if (Array.isArray(body)) return body;
	if (!isObject(body)) return undefined;
	const likely = body[likelyName];
	if (Array.isArray(likely)) return likely;
	const lists = Object.values(body).filter((value) => Array.isArray(value));
	return lists.find((list) => list.some(isObject)) ?? lists[0];
}
