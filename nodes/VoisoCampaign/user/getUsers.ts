import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { connect } from '../../shared/api/connection';
import { toNodeError } from '../../shared/api/explain';
import { readList, type Row } from '../../shared/api/pages';
import { allUsers } from './findUser';

/** Fills the list of users in the editor, with all users of the contact center by name. */
export async function getUsers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const connection = await connect(this);
	const result = await readList(connection, allUsers);
	if (result.ok) {
		return result.rows
			.map((user) => ({ name: userLabel(user), value: user.id }))
			.sort((a, b) => a.name.localeCompare(b.name));
	}
	// Of an error the editor shows a text of its own, so the list itself says what to do.
	if (result.problem.kind === 'forbidden') {
		return [{ name: NO_SCOPE, description: WITHOUT_SCOPE, value: '' }];
	}
	const { host } = connection;
	const about = { action: 'list the users', scope: 'users.read', host } as const;
	throw toNodeError(this.getNode(), result.problem, about);
}

const NO_SCOPE = "Can't list users: the API key lacks the scope users.read";
const WITHOUT_SCOPE = 'Switch this field to Expression and enter user IDs, such as {{ [1, 2] }}';

function userLabel({ id, name, email, extension }: Row): string {
	const who = isText(name) ? name : isText(email) ? email : `User ${id}`;
	const details = [
		...(isText(email) && email !== who ? [email] : []),
		...(isText(extension) || typeof extension === 'number' ? [`extension ${extension}`] : []),
	];
	return details.length > 0 ? `${who} (${details.join(', ')})` : who;
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}
