import type { INode } from 'n8n-workflow';
import { operationError, type Explanation } from '../../shared/api/explain';
import type { Report } from '../operations/report';
import {
	isFailure,
	type Failure,
	type LeadOperation,
	type LeadStatus,
	type ReadLead,
} from '../types';
import { count } from './count';
import { leadResultOf, type EmitSettings } from './items';
import { failureSummary } from './failureTexts';

// What ends the execution when the node's On Error setting does not let the workflow go on.

const IS_IN = new Set<LeadStatus>(['created', 'updated', 'duplicate', 'unconfirmed']);

/** Throws for the first item that could not be read: nothing has been sent yet, so that is safe. */
export function throwUnread(leads: readonly ReadLead[]): void {
	const unread = leads.find((lead) => lead.kind === 'unread');
	if (unread?.kind === 'unread') throw unread.error;
}

/** Throws for the batches that were not delivered. */
export function throwFailures(
	node: INode,
	leads: readonly ReadLead[],
	{ results }: Report,
	operation: LeadOperation,
	textOf: (failure: Failure) => Explanation,
): void {
	const failures = new Map<Failure, number[]>();
	let accepted = 0;
	for (let position = 0; position < results.length; position++) {
		const result = results[position];
		if (result === undefined) continue;
		if (!isFailure(result)) {
			if (IS_IN.has(result.status)) accepted++;
			continue;
		}
		const positions = failures.get(result) ?? [];
		positions.push(position);
		failures.set(result, positions);
	}
	if (failures.size === 0) return;
	throw operationError(node, failureSummary(failures, leads, accepted, operation, textOf));
}

/** Throws for the leads that were not accepted, with *Rejected Leads: Treat as Errors*. */
export function throwNotAccepted(
	node: INode,
	leads: readonly ReadLead[],
	{ results }: Report,
	settings: EmitSettings,
): void {
	let failed = 0;
	let first: { item: number; message: string } | undefined;
	for (const [position, lead] of leads.entries()) {
		const fate = leadResultOf(lead, results[position], settings);
		if (fate.kind !== 'failed') continue;
		failed++;
		first ??= { item: lead.item, message: fate.message };
	}
	if (first === undefined) return;
	const message = `${count(failed)} of ${count(leads.length)} leads were not accepted. Item ${first.item}: ${first.message}`;
	const description =
		'The other leads went through, and running it again is safe. To go on with the workflow, choose On Error: Continue (using error output) in the settings, or take the option Rejected Leads off.';
	throw operationError(node, { message, description }, first.item);
}
