import type { INode } from 'n8n-workflow';
import type { EmitSettings } from '../../nodes/VoisoLeads/emit/emit.ts';
import {
	problemWithoutResponse,
	type ApiProblem,
	type ProblemKind,
} from '../../nodes/shared/api/problem.ts';

/** A node in a workflow, for errors. */
export const node: INode = {
	id: '1',
	name: 'Voiso',
	type: 'voiso',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** A problem with what a test says of it. */
export const problem = (kind: ProblemKind, more: Partial<ApiProblem> = {}): ApiProblem => ({
	...problemWithoutResponse(kind),
	...more,
});

/** Runs something while every object has a field that it didn't get, as after an attack on another package. */
export async function withPolluted<Result>(
	fields: object,
	run: () => Result | Promise<Result>,
): Promise<Result> {
	for (const [name, value] of Object.entries(fields))
		Object.defineProperty(Object.prototype, name, { value, configurable: true });
	try {
		return await run();
	} finally {
		for (const name of Object.keys(fields)) Reflect.deleteProperty(Object.prototype, name);
	}
}

/** What the user chose for the output, with the defaults of the node, and how failures are put into words. */
export const emitSettings = (chosen: Partial<EmitSettings> = {}): EmitSettings => ({
	rejectedLeadsFail: false,
	textOf: () => ({ message: 'Title', description: 'Remedy.' }),
	output: 'perLead',
	includeInputFields: false,
	hasErrorOutput: false,
	isCounted: false,
	dryRun: false,
	operation: 'add',
	...chosen,
});
