import { NodeApiError, NodeOperationError, type INode, type NodeExecutionHint } from 'n8n-workflow';
import { shorten } from '../text';
import type { ApiProblem, ProblemKind } from './problem';

/** The scopes of an API key that the nodes need. */
export type Scope = 'campaigns.read' | 'campaigns.manage' | 'users.read' | 'reporting.cdrs.read';

/** What a call was about, for the message of its failure. */
export interface RequestContext {
	/** Completes "Could not …"; stands right before the campaign when there is one: `add leads to`. */
	action: string;
	campaignId?: string;
	campaignName?: string;
	/** Set when the call names one user. */
	userId?: string;
	/** The scope that the call needs. */
	scope?: Scope;
	/** Where the call went, such as `cc-ams03.voiso.com`. */
	host: string;
}

/** What happened, and what to do about it. */
export interface Explanation {
	message: string;
	description: string;
}

/** The title of an error has one line; a longer name is cut. */
const MAX_NAME = 40;

const CHECK_CLUSTER_ID =
	'Check the cluster ID in the Voiso API credential: it is the first part of the address that your browser shows when you are signed in to Voiso.';
const TRY_LATER = 'Run it again in a few minutes. If it keeps happening, ask Voiso support.';

type Words = { why: string; fix: string };

/** For each kind of problem: why it did not work, and what helps. */
const wording: Record<ProblemKind, (problem: ApiProblem, about: RequestContext) => Words> = {
	unauthorized: () => ({
		why: 'Voiso does not accept the API key',
		fix: 'Check the API key in the Voiso API credential: it may be mistyped, deleted, or belong to another cluster. A Voiso administrator can make a new one.',
	}),
	forbidden: (_, { scope }) => ({
		why: scope
			? `the API key lacks the scope ${scope}, or may not use this`
			: 'the API key may not do this',
		fix: `Ask a Voiso administrator for an API key with the scope ${scope ?? 'that this needs'} and enter it in the Voiso API credential. Scopes are set in Voiso, where its API keys are made.`,
	}),
	notFound: (_, about) => notFound(about),
	methodNotAllowed: ({ status }, { host }) => ({
		why: `${host} does not offer this (status ${status})`,
		fix: CHECK_CLUSTER_ID,
	}),
	conflict: (_, { campaignId }) => ({
		why: campaignId ? 'the state it is in does not allow that' : 'the state does not allow that',
		fix: 'Look at the status of the campaign in Voiso, and run it again when that has changed.',
	}),
	invalid: () => ({
		why: 'Voiso refuses what was sent',
		fix: 'Correct what Voiso names here, then run it again.',
	}),
	refused: ({ status }) => ({
		why: `Voiso refuses the request (status ${status})`,
		fix: 'Check the values given to this node. For adding leads, the campaign must be a live one.',
	}),
	rateLimited: ({ retryAfter }) => ({
		why: `Voiso is receiving too many requests${retryAfter ? ` and asks to wait ${inWords(retryAfter)}` : ''}`,
		fix: 'Run it again later, and let fewer workflows use Voiso at the same time.',
	}),
	serverError: ({ status }) => ({
		why: `Voiso has a problem of its own (status ${status})`,
		fix: `Nothing in the workflow has to change. ${TRY_LATER}`,
	}),
	redirected: (_, { host }) => ({
		why: `${host} sends to another address, so it is not the address of the Voiso API`,
		fix: `${CHECK_CLUSTER_ID} The API key was not sent to the other address.`,
	}),
	unreadable: (_, { host }) => ({
		why: `${host} gave an answer that is not one of the Voiso API`,
		fix: `A proxy or firewall may have answered instead of Voiso, or the connection broke. ${CHECK_CLUSTER_ID}`,
	}),
	incomplete: ({ rows }) => ({
		why: `Voiso's list is incomplete${rows?.total === undefined ? '' : ` (${rows.usable} of ${rows.total})`}`,
		fix: `The list changed while it was read, or Voiso left a part of it out. ${TRY_LATER}`,
	}),
	unusableIds: ({ rows }) => ({
		why: "the list has rows whose ID can't be used",
		fix: `${rows?.usable ?? 0} rows have an ID that can be used. Ask Voiso support about the others.`,
	}),
	blocked: (_, { host }) => ({
		why: `n8n blocks requests to ${host}`,
		fix: 'An n8n administrator can allow this address with N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES.',
	}),
	notSent: () => ({
		why: "n8n didn't send the request",
		fix: 'Check the Voiso API credential.',
	}),
	noConnection: (_, { host }) => ({
		why: `there is no connection to ${host}`,
		fix: `Check that the computer n8n runs on can reach this address (network, proxy, firewall). ${CHECK_CLUSTER_ID}`,
	}),
	timedOut: (_, { host }) => ({
		why: `${host} did not answer in time`,
		fix: `Check the network between n8n and Voiso. ${TRY_LATER}`,
	}),
	unknownHost: (_, { host }) => ({
		why: `there is no address ${host}`,
		fix: CHECK_CLUSTER_ID,
	}),
	insecure: (_, { host }) => ({
		why: `the connection to ${host} is not secure: its certificate cannot be trusted`,
		fix: `${CHECK_CLUSTER_ID} If it is right, a proxy may sit in between whose certificate n8n does not know.`,
	}),
	stopped: () => ({
		// n8n takes an execution for one that the user stopped only if the message has this word.
		why: 'the execution was canceled',
		fix: 'What was sent before it was canceled may have taken effect.',
	}),
};

/** What Voiso says on these needs no repeating: its text is the name of the status. */
const SAID_IS_PLAIN: readonly ProblemKind[] = [
	'unauthorized',
	'forbidden',
	'notFound',
	'rateLimited',
];

/** Puts a problem into words for the person who runs the campaign. The only place that does. */
export function explain(problem: ApiProblem, about: RequestContext): Explanation {
	const { why, fix } = wording[problem.kind](problem, about);
	const apiMessage =
		problem.apiMessage === '' || SAID_IS_PLAIN.includes(problem.kind)
			? ''
			: `. Voiso says: ${problem.apiMessage}`;
	return { message: `Could not ${subject(about)}: ${why}${apiMessage}`, description: fix };
}

/**
 * What happened and what to do about it in one text, for where there is room for one only: an item of the
 * error output, the answer that an AI agent gets.
 */
export function asOneText({
	message,
	description,
}: {
	message: string;
	description?: string | null | undefined;
}): string {
	return description ? `${sentence(message)} ${description}` : message;
}

/** Ends a text with a full stop, unless it ends like a sentence. */
export function sentence(text: string): string {
	return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** The failure of a call as the error that n8n shows. It holds no request, header or address. */
export function toNodeError(
	node: INode,
	problem: ApiProblem,
	about: RequestContext,
	itemIndex?: number,
): NodeApiError {
	return apiError(node, explain(problem, about), problem.status, itemIndex);
}

/** The same as a warning on the node's output, for what doesn't keep the node from going on. */
export function toWarning(problem: ApiProblem, about: RequestContext): NodeExecutionHint {
	const message = asOneText(explain(problem, about));
	return { message, type: 'warning', location: 'outputPane' };
}

/** An error with words of the caller's own. */
export function apiError(
	node: INode,
	{ message, description }: Explanation,
	status?: number,
	itemIndex?: number,
): NodeApiError {
	const error = new NodeApiError(
		node,
		{},
		{
			message,
			description,
			...(status !== undefined && { httpCode: String(status) }),
			...(itemIndex !== undefined && { itemIndex }),
		},
	);
	// n8n replaces a message in which it finds one of its codes; a campaign's name can hold one.
	error.message = message;
	return error;
}

/** An error that no single answer of Voiso caused. */
export function operationError(
	node: INode,
	{ message, description }: Explanation,
	itemIndex?: number,
): NodeOperationError {
	const error = new NodeOperationError(node, message, {
		description,
		...(itemIndex !== undefined && { itemIndex }),
	});
	// As above: what a user or Voiso wrote must not change the message.
	error.message = message;
	return error;
}

/** How a campaign is named in messages: by its name when that is known, always by its ID. */
export function campaignInWords(campaignId: string, campaignName?: string): string {
	return campaignName
		? `campaign "${shorten(campaignName, MAX_NAME)}" (ID ${campaignId})`
		: `campaign ${campaignId}`;
}

function subject({ action, campaignId, campaignName }: RequestContext): string {
	return campaignId === undefined
		? action
		: `${action} ${campaignInWords(campaignId, campaignName)}`;
}

function notFound({ campaignId, userId, host }: RequestContext): Words {
	if (campaignId !== undefined && userId !== undefined) {
		return {
			why: `Voiso has no such campaign, or no user ${userId} in it`,
			fix: `Check both IDs. The API key only sees its own contact centre, at ${host}.`,
		};
	}
	if (campaignId !== undefined) {
		return {
			why: `Voiso has no campaign with the ID ${campaignId}`,
			fix: `Choose the campaign from the list, or check its ID. It may have been deleted, and the API key only sees the campaigns of its own contact centre, at ${host}.`,
		};
	}
	return { why: `${host} has no Voiso API`, fix: CHECK_CLUSTER_ID };
}

function inWords(milliseconds: number): string {
	const seconds = Math.ceil(milliseconds / 1000);
	if (seconds < 120) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
	const minutes = Math.ceil(seconds / 60);
	return minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
