import type { Row } from '../../shared/api/pages';
import type { Outcomes } from './outcome';
import { isSameKind, userKey, type NamedUser } from './userIds';

/** What has to change for a campaign to have the users wanted and no others. */
export interface Difference {
	/** Users that are in it and stay. */
	kept: Outcomes;
	toAdd: NamedUser[];
	toRemove: Array<NamedUser & { user: Row }>;
	/**
	 * False when the campaign's users have another kind of ID than all those wanted: the same people
	 * might then be both added and removed.
	 */
	isComparable: boolean;
}

/** Compares the users of a campaign with those wanted. */
export function compare(current: readonly Row[], wanted: readonly NamedUser[]): Difference {
	const present = new Map(current.map((user) => [userKey(user.id), user]));
	const wantedKeys = new Set(wanted.map(({ key }) => key));
	const kept: Outcomes = new Map();
	for (const [key, user] of present) {
		if (wantedKeys.has(key)) kept.set(key, { status: 'kept', user });
	}
	return {
		kept,
		toAdd: wanted.filter(({ key }) => !present.has(key)),
		toRemove: [...present]
			.filter(([key]) => !wantedKeys.has(key))
			.map(([key, user]) => ({ key, id: user.id, user })),
		isComparable: wanted.every(({ key }) => areComparable(key, present)),
	};
}

function areComparable(key: string, present: Map<string, Row>): boolean {
	return present.size === 0 || [...present.keys()].some((other) => isSameKind(key, other));
}
