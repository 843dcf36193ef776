import type { Facts } from '../facts.mts';

/** What must hold in every schedule, by name: says what breaks it, or nothing. */
export type Invariants = Readonly<Record<string, (facts: Facts) => string | undefined>>;

/** The first complaint about one of many. */
export function firstOf<T>(
	all: Iterable<T>,
	complaint: (one: T) => string | undefined,
): string | undefined {
	for (const one of all) {
		const detail = complaint(one);
		if (detail !== undefined) return detail;
	}
	return undefined;
}
