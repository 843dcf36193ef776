// In place of n8n-workflow, which is large: what the code under test uses of it, and never needs on virtual time.

export async function sleep(): Promise<never> {
	throw new Error('Real time passes in the simulation');
}

export class OperationalError extends Error {}
export class UnexpectedError extends Error {}
export class UserError extends Error {}
