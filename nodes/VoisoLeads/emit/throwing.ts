import type { INode } from 'n8n-workflow';
import { operationError, sentence } from '../../shared/api/explain';
import type { ReadLead } from '../types';
import type { ResultTally } from './hints';
import { count, counted } from './words';

// What ends the execution when the node's On Error setting doesn't let the workflow go on.

/** Throws for the first item that could not be read: nothing has been sent yet, so that is safe. */
export function throwUnread(leads: readonly ReadLead[]): void {
	const unread = leads.find((lead) => lead.kind === 'unread');
	if (unread?.kind === 'unread') throw unread.error;
}

/** Throws for the leads that were not accepted, with *Rejected Leads: Treat as Errors*. */
export function throwNotAccepted(node: INode, { failed, firstFailed, leads }: ResultTally): void {
	if (firstFailed === undefined) return;
	const { error, item } = firstFailed;
	const verb = failed === 1 ? "wasn't" : "weren't";
	const total = counted(leads, 'lead');
	const message = `${count(failed)} of ${total} ${verb} accepted`;
	const description = `Item ${item}: ${sentence(error)} The other leads were sent, and running it again is safe. To continue the workflow, set 'On Error' in Settings to 'Continue (using error output)', or remove the 'Rejected Leads' option.`;
	throw operationError(node, { message, description }, item);
}
