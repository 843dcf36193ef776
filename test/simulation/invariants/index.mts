import { factsOf } from '../facts.mts';
import type { Course } from '../play.mts';
import { bounds } from './bounds.mts';
import { cleanliness } from './cleanliness.mts';
import { endings } from './endings.mts';
import type { Invariants } from './firstOf.mts';
import { liveness } from './liveness.mts';
import { outcomes } from './outcomes.mts';
import { pacing } from './pacing.mts';

export const INVARIANTS: Invariants = {
	...cleanliness,
	...pacing,
	...outcomes,
	...endings,
	...bounds,
	...liveness,
};

/** An invariant that does not hold. */
export interface Violation {
	invariant: string;
	detail: string;
}

export function firstViolation(course: Course): Violation | undefined {
	const facts = factsOf(course);
	for (const [invariant, check] of Object.entries(INVARIANTS)) {
		const detail = check(facts);
		if (detail !== undefined) return { invariant, detail };
	}
	return undefined;
}
