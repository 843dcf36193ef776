import type { Mutation } from '../load.mts';

/** A defect that somebody could make, put into the real code on purpose. */
export interface Mutant {
	title: string;
	edits: readonly Mutation[];
}

export const mutant = (title: string, file: string, from: string, to: string): Mutant => ({
	title,
	edits: [{ file, from, to }],
});
