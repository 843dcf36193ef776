import type { Mutant } from './mutant.mts';
import { pacing, stopping, trying } from './sending.mts';
import { planning, splitting, telling } from './telling.mts';

/** Defects of the delivery code that the simulation must catch. */
export const MUTANTS: readonly Mutant[] = [
	...pacing,
	...stopping,
	...trying,
	...splitting,
	...telling,
	...planning,
];
