import type { IExecuteFunctions } from 'n8n-workflow';
import type { Connection } from '../../shared/api/connection';
import { operationError, toNodeError } from '../../shared/api/explain';
import { idOf, readList, type Listing } from '../../shared/api/pages';
import { shorten } from '../../shared/text';
import { readUserIds, toUser, type NamedUser } from './userIds';

/** The list of all users of the contact center. */
export const allUsers = { path: '/api/v4/users', key: 'users' };

/** Titles have one line; what is longer is cut. */
const MAX_QUOTED = 60;

/**
 * Reads the users that each item names. Email addresses are looked up in one reading of the list of users
 * for the whole execution.
 *
 * @returns a function from a value and its item to the users, each once; it throws NodeOperationError
 *   (neither an ID nor an email address, no or several users with the address) or NodeApiError (the list
 *   could not be read)
 */
export function userFinder(
	context: IExecuteFunctions,
	connection: Connection,
): (value: unknown, itemIndex: number) => Promise<NamedUser[]> {
	let users: Promise<Listing> | undefined;
	const findByEmail = async (email: string, itemIndex: number): Promise<NamedUser> => {
		const list = await (users ??= readList(connection, allUsers));
		if (!list.ok) throw toNodeError(context.getNode(), list.problem, lookUp(connection), itemIndex);
		const matches = list.rows.filter((user) => isEmail(user.email, email));
		const [match, another] = matches;
		if (match && !another) return toUser(idOf(match));
		const quoted = `"${shorten(email, MAX_QUOTED)}"`;
		const explanation = match
			? {
					message: `${matches.length} users have the email address ${quoted}`,
					description: `Use the ID of one of them instead: ${matches.map(idOf).join(', ')}.`,
				}
			: {
					message: `No user has the email address ${quoted}`,
					description: "Check the address, or use the user's ID instead.",
				};
		throw operationError(context.getNode(), explanation, itemIndex);
	};

	return async (value, itemIndex) => {
		const reading = readUserIds(value);
		if (!reading.ok) {
			const explanation = {
				message: `"${shorten(reading.wrong, MAX_QUOTED)}" isn't a user ID or an email address`,
				description:
					"Use IDs or email addresses of users: one, an array, or several with commas. A user's name isn't an ID.",
			};
			throw operationError(context.getNode(), explanation, itemIndex);
		}
		const found = new Map<string, NamedUser>();
		for (const reference of reading.references) {
			const user = 'email' in reference ? await findByEmail(reference.email, itemIndex) : reference;
			found.set(user.key, user);
		}
		return [...found.values()];
	};
}

function lookUp({ host }: Connection) {
	const action = 'look up users by email address (use their IDs instead)';
	return { action, scope: 'users.read', host } as const;
}

function isEmail(value: unknown, email: string): boolean {
	return typeof value === 'string' && value.trim().toLowerCase() === email;
}
