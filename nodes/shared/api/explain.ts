import { NodeApiError, NodeOperationError, type INode, type NodeExecutionHint } from 'n8n-workflow';
import { shorten } from '../text';
import { PROBLEMS, type MessageContext } from './messages';
import type { ApiProblem, ProblemKind } from './problem';

/** The scopes of an API key that the nodes need. */
export type Scope = 'campaigns.read' | 'campaigns.manage' | 'users.read' | 'reporting.cdrs.read';

/** What a call was about, for the message of its failure. */
export interface RequestContext extends MessageContext {
	/** Completes "Can't …"; stands right before the campaign when there is one: `add leads to`. */
	action: string;
	campaignName?: string;
	scope?: Scope;
	/** Another way to the same end, as a sentence. */
	alternative?: string;
}

/** What people read of a failure. */
export interface Explanation {
	/** What happened to what, in one line of at most 120 characters. */
	message: string;
	/** Details and what to do about it. */
	description: string;
}

/** The title of an error is one line of at most so many characters. */
export const MAX_TITLE = 120;
/** A name that is longer is cut, before the remedy is left out of the title. */
const MAX_NAME = 40;
/** Less of a name would not tell which campaign it is. */
const MIN_NAME = 16;
/** What Voiso says is cut in a title; the description has all of it. */
const MIN_API_MESSAGE = 20;

/** What Voiso says on these needs no repeating: its text is the name of the status. */
const SAYS_NOTHING_MORE = new Set<ProblemKind>([
	'unauthorized',
	'forbidden',
	'notFound',
	'rateLimited',
]);
const SAID_BY_N8N = new Set<ProblemKind>(['blocked', 'notSent']);

/**
 * Puts a problem into words for the person who runs the campaign. The only place that does. The title says
 * what helps, too, as far as there is room: some places show nothing else.
 */
export function explain(problem: ApiProblem, context: RequestContext): Explanation {
	const { why, remedy, details } = PROBLEMS[problem.kind](problem, context);
	const apiMessage = SAYS_NOTHING_MORE.has(problem.kind) ? '' : problem.apiMessage;
	const message = remedy
		? titleWithRemedy(context, why, remedy)
		: titleWithMessage(context, why, apiMessage);
	const description = [
		remedy === undefined || message.endsWith(`${remedy}.`) ? '' : `${remedy}.`,
		apiMessage === ''
			? ''
			: `${SAID_BY_N8N.has(problem.kind) ? 'n8n' : 'Voiso'} says: ${sentence(apiMessage)}`,
		details,
		context.alternative ?? '',
		context.campaignName ? `Campaign ID: ${context.campaignId}.` : '',
	];
	return { message, description: description.filter((text) => text !== '').join(' ') };
}

/** Puts what is wrong with a credential into words, for n8n's test of it, which shows one text. */
export function explainCredential(problem: ApiProblem, host: string): string {
	const { why, remedy, details } = PROBLEMS[problem.kind](problem, {
		host,
		scope: 'campaigns.read',
	});
	const start = why.startsWith(host) ? why : `${why.charAt(0).toUpperCase()}${why.slice(1)}`;
	return [start, remedy, details]
		.filter((text) => text !== undefined)
		.map(sentence)
		.join(' ');
}

/** The remedy is left out rather than cut, and so is a part of a long name for its sake. */
function titleWithRemedy(context: RequestContext, why: string, remedy: string): string {
	const titles = [MAX_NAME, MIN_NAME].map((max) => `${title(context, why, max)}. ${remedy}.`);
	const fits = titles.find(({ length }) => length <= MAX_TITLE);
	return shorten(fits ?? title(context, why, MAX_NAME), MAX_TITLE);
}

function titleWithMessage(context: RequestContext, why: string, apiMessage: string): string {
	const withoutMessage = title(context, why, MAX_NAME);
	const room = MAX_TITLE - withoutMessage.length - 2;
	if (apiMessage === '' || room < MIN_API_MESSAGE) return shorten(withoutMessage, MAX_TITLE);
	return shorten(`${withoutMessage}: ${shorten(apiMessage, room)}`, MAX_TITLE);
}

function title(
	{ action, campaignId, campaignName }: RequestContext,
	why: string,
	maxName: number,
): string {
	const name = campaignName ? `"${shorten(campaignName, maxName)}"` : campaignId;
	return `Can't ${action}${name === undefined ? '' : ` campaign ${name}`}: ${why}`;
}

/**
 * What happened and what to do about it in one text, for where there is room for one only: an item of the
 * error output, the response that an AI agent gets.
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

/** An error that no single response of Voiso caused. */
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
