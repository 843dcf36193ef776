import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { connect } from '../../shared/api/connection';
import { apiError, toNodeError } from '../../shared/api/explain';
import { readList, type Row } from '../../shared/api/pages';

/** Fills the list of users in the editor, with all users of the contact centre by name. */
export async function getUsers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const connection = await connect(this);
	const result = await readList(connection, { path: '/api/v4/users', key: 'users' });
	if (!result.ok) {
		const { host } = connection;
		if (result.problem.kind !== 'forbidden') {
			throw toNodeError(this.getNode(), result.problem, { action: 'list the users', host });
		}
		throw apiError(this.getNode(), WITHOUT_SCOPE, result.problem.status);
	}
	return result.rows
		.map((user) => ({ name: userLabel(user), value: user.id }))
		.sort((a, b) => a.name.localeCompare(b.name));
}

// Of an error, the editor shows the message only.
const WITHOUT_SCOPE = {
	message:
		'Users cannot be listed, because the API key lacks the scope users.read. IDs work without it: switch this field to an expression and enter them, such as {{ [1, 2] }}.',
	description: 'A Voiso administrator can make an API key with that scope.',
};

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
