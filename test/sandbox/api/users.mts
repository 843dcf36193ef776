import type { UserId, UserIds } from '../../../nodes/shared/api/generated/voisoApi.types.ts';
import type { SandboxUser } from '../defaultData.mts';
import type { SandboxOptions } from '../options.mts';
import type { World } from '../world.mts';
import { fieldErrors, notFound, ok, violation } from '../rules/answers.mts';
import type { Operation } from './call.mts';
import { page } from './page.mts';

const idOf = (user: SandboxUser, { userIds }: SandboxOptions): UserId =>
	userIds === 'uuid' ? user.uuid : user.id;

/** A user as lists show it. */
const listed = (user: SandboxUser, options: SandboxOptions) => ({
	...changed(user, options),
	extension: user.extension,
});

/** A user as adding and removing answer it. */
const changed = (user: SandboxUser, options: SandboxOptions) => ({
	id: idOf(user, options),
	name: user.name,
	email: user.email,
});

function findUser({ store, options }: World, id: UserId): SandboxUser | undefined {
	return [...store.users.values()].find((user) => idOf(user, options) === id);
}

export const listUsers: Operation = ({ request: { query } }, { world }, { lie }) => {
	const users = [...world.store.users.values()].filter((user) =>
		(['name', 'email'] as const).every((field) =>
			user[field].toLowerCase().includes(String(query[field] ?? '').toLowerCase()),
		),
	);
	return ok(
		page(
			'users',
			users.map((user) => listed(user, world.options)),
			query,
			lie,
		),
	);
};

export const listCampaignUsers: Operation = ({ request }, { world }, { lie }) => {
	const stored = world.store.find(Number(request.params.id));
	if (!stored) return notFound();
	const users = [...stored.users].flatMap((id) => world.store.users.get(id) ?? []);
	return ok(
		page(
			'users',
			users.map((user) => listed(user, world.options)),
			request.query,
			lie,
		),
	);
};

export const addCampaignUsers: Operation = ({ request }, { world }) => {
	const { options } = world;
	const stored = world.store.find(Number(request.params.id));
	if (!stored) return notFound();
	const { user_ids: ids }: UserIds = request.requestBody;
	const type = options.userIds === 'uuid' ? 'string' : 'number';
	const wrong = ids.find((id) => typeof id !== type);
	if (wrong !== undefined) {
		return violation(fieldErrors(422, { user_ids: [`${JSON.stringify(wrong)} is not an id`] }));
	}
	const problems: string[] = [];
	const added = new Set<SandboxUser>();
	for (const id of ids) {
		const user = findUser(world, id);
		if (!user) problems.push(`${id} is unknown`);
		else if (stored.users.has(user.id)) problems.push(`${id} is already assigned`);
		else added.add(user);
	}
	if (options.unknownUsers === 'refuse' && problems.length > 0) {
		return fieldErrors(422, { user_ids: problems });
	}
	for (const user of added) stored.users.add(user.id);
	return ok({ added_users: [...added].map((user) => changed(user, options)) });
};

export const removeCampaignUser: Operation = ({ request }, { world }) => {
	const stored = world.store.find(Number(request.params.id));
	const given = String(request.params.user_id);
	const user = findUser(world, world.options.userIds === 'uuid' ? given : Number(given));
	if (!stored || !user || !stored.users.delete(user.id)) return notFound();
	return ok({ user: changed(user, world.options) });
};
