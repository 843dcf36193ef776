import type { Operation as ContractOperation } from 'openapi-backend';
import { type Answer, fieldErrors, violation } from '../rules/answers.mts';
import type { Call, Surroundings } from './call.mts';
import { contract } from './contract.mts';

const isAcceptable = (accept: string | undefined) =>
	/(^|[\s,])(application\/(json|\*)|\*\/\*)($|[\s,;])/.test(accept ?? '');
const isJson = (contentType: string | undefined) =>
	/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType ?? '');

/** The operation of the contract that a call is for, or undefined. */
export function operationOf({ method, url }: Call): ContractOperation | undefined {
	return contract.matchOperation({ method, path: url, headers: {} });
}

/** The list or object in a body, or null when it is no JSON or another kind of it. */
export function parseBody(text: string | undefined): object | null {
	try {
		const body: unknown = JSON.parse(text ?? 'null');
		return typeof body === 'object' ? body : null;
	} catch {
		return null;
	}
}

/**
 * Answers a request as Voiso would, if its open points were decided as the options say.
 *
 * @throws when the answer does not fit the contract, which is a mistake in the sandbox
 */
export async function handle(
	operation: ContractOperation | undefined,
	body: object | null,
	surroundings: Surroundings,
	call: Call,
): Promise<Answer> {
	const { method, url, headers } = call;
	if (!isAcceptable(headers.accept)) {
		return violation(fieldErrors(406, { format: ['is not supported'] }));
	}
	const answer: Answer = await contract.handleRequest(
		// A body of another type is none, which the contract refuses after it has looked at the key.
		{
			method,
			path: url,
			query: queryIn(url),
			headers: {},
			body: isJson(headers['content-type']) ? body : null,
		},
		surroundings,
		call,
	);
	checkAnswer(operation, answer);
	return answer;
}

/** Parameters by their names as they are sent, `contact_numbers[]` for one; of a repeated one all values. */
function queryIn(url: string): Record<string, string | string[]> {
	const pairs = [...new URLSearchParams(url.split('?')[1])];
	const byName = Map.groupBy(pairs, ([name]) => name);
	return Object.fromEntries(
		[...byName].map(([name, [first, ...more]]) => {
			const value = first?.[1] ?? '';
			return [name, more.length > 0 ? [value, ...more.map(([, next]) => next)] : value];
		}),
	);
}

function checkAnswer(operation: ContractOperation | undefined, { status, body }: Answer): void {
	if (!operation) return;
	const errors = contract.validateResponse(body, operation, status).errors;
	if (errors) {
		throw new Error(
			`${operation.operationId} ${status} breaks the contract: ${JSON.stringify(errors)}`,
		);
	}
}
