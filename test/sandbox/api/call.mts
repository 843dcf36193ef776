import type { IncomingHttpHeaders } from 'node:http';
import type { Context } from 'openapi-backend';
import type { ListLie } from '../faults.mts';
import type { LeadRequests, LeadRequest } from '../rules/leadRequests.mts';
import type { World } from '../world.mts';
import type { Answer } from '../rules/answers.mts';

/** A request to the API. */
export interface Call {
	method: string;
	/** Path without query. */
	path: string;
	/** Path with query, as it came. */
	url: string;
	headers: IncomingHttpHeaders;
	/** The body as it came; undefined when there is none. */
	text: string | undefined;
	/** When the head of the request arrived, ms on the monotonic clock. */
	start: number;
	/** How the lists of its answer lie, see the fault `list`. */
	lie?: Lie;
	/** Set for the calls that carry leads. */
	lead?: { of: LeadRequests; request: LeadRequest };
}

/** A lie, and how often the endpoint has been asked: what shifts does so at each reading. */
export interface Lie {
	how: ListLie;
	reading: number;
}

/** Ends waits when the sandbox is closed. */
export interface Surroundings {
	world: World;
	closing: AbortSignal;
}

/** Answers a request that the contract allows. */
export type Operation = (
	context: Context,
	surroundings: Surroundings,
	call: Call,
) => Answer | Promise<Answer>;
