import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	type NodeExecutionHint,
} from 'n8n-workflow';
import type { Connection } from '../../shared/api/connection';
import { apiError, campaignInWords, explain, type RequestContext } from '../../shared/api/explain';
import { isObject, type ApiProblem } from '../../shared/api/problem';
import { simplifyCall } from '../../shared/call/simplifyCall';
import { campaignLocator } from '../../shared/campaign/locator';
import { campaignResolver, type ChosenCampaign } from '../../shared/campaign/resolver';
import { toText } from '../../shared/text';
import { listProperties, readLimit } from '../listParameters';
import { perItem, type Operation } from '../operation';
import { showFor } from '../showFor';
import { isSimplified, simplifyProperty } from '../simplify';
import { userFinder } from '../user/findUser';
import { readCdrs, type Cdr } from './cdrs';
import { openFeed, type Feed } from './feed';
import { CallFilter, filtersProperty, readFilters, startOf, toQuery } from './filters';

const DEFAULT_LOOK_BACK = 120;
const MAX_LOOK_BACK = 7 * 24 * 60;
/** Enough records to see in which order Voiso lists them. */
const SMALLEST_PAGE = 100;

export const description: INodeProperties[] = showFor(
	'call',
	['getAll'],
	[
		{
			...campaignLocator,
			required: false,
			description: 'Campaign whose calls to return. Leave empty for all campaigns.',
			modes: (campaignLocator.modes ?? []).map((mode) =>
				mode.name === 'list' ? { ...mode, placeholder: 'All campaigns' } : mode,
			),
		},
		// A feed has no limit.
		...listProperties.map((property) => ({
			...property,
			displayOptions: { ...property.displayOptions, hide: { '/options.sinceLastRun': [true] } },
		})),
		simplifyProperty,
		filtersProperty,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Look Back',
					name: 'lookBack',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: MAX_LOOK_BACK },
					default: DEFAULT_LOOK_BACK,
					displayOptions: { show: { sinceLastRun: [true] } },
					hint: 'In minutes',
					description:
						'How late a call may turn up in Voiso after it started and still be returned',
				},
				{
					displayName: 'Order',
					name: 'order',
					type: 'options',
					options: [
						{ name: 'Newest First', value: 'newest' },
						{ name: 'Oldest First', value: 'oldest' },
					],
					default: 'newest',
					description: 'Which calls to return first',
				},
				{
					displayName: 'Since Last Run',
					name: 'sinceLastRun',
					type: 'boolean',
					default: false,
					description:
						'Whether to return each call once: all that no successful run of the active workflow has returned, without a limit and the oldest first. Runs in the editor do not count.',
				},
			],
		},
	],
);

const TOO_MANY_CALLS: NodeExecutionHint = {
	message:
		"There are too many calls within 'Look Back' to remember all of them, so one that turns up late can be missed. Shorten 'Look Back'.",
	type: 'warning',
	location: 'outputPane',
};

/** Lists calls: once for each input item. What *Since Last Run* remembers is stored when all went well. */
export const execute: Operation = async (context, connection) => {
	let feed: Promise<Feed> | undefined;
	const list = perItem(() => {
		const campaignOf = optionalCampaign(context, connection);
		const findUsers = userFinder(context, connection);
		return async (itemIndex) => {
			const filters = await readFilters(context, itemIndex, findUsers);
			const campaign = await campaignOf(itemIndex);
			const wanted = {
				context,
				connection,
				itemIndex,
				filters: { ...filters, ...(campaign && { campaign }) },
				...readOptions(context, itemIndex),
			};
			if (!wanted.sinceLastRun) return await listCalls(wanted);
			return await listNewCalls(wanted, await (feed ??= openFeed(context, connection.baseUrl)));
		};
	});
	try {
		const output = await list(context, connection);
		const isStopped = context.getExecutionCancelSignal()?.aborted === true;
		if (!isStopped && (await feed)?.commit().isCut) context.addExecutionHints(TOO_MANY_CALLS);
		return output;
	} finally {
		(await feed)?.close();
	}
};

interface CallOptions {
	order: 'newest' | 'oldest' | undefined;
	sinceLastRun: boolean;
	/** Milliseconds. */
	lookBack: number;
}

interface Wanted extends CallOptions {
	context: IExecuteFunctions;
	connection: Connection;
	itemIndex: number;
	filters: Awaited<ReturnType<typeof readFilters>>;
}

function readOptions(context: IExecuteFunctions, itemIndex: number): CallOptions {
	const given = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const lookBack = Number(given.lookBack ?? DEFAULT_LOOK_BACK);
	if (!(lookBack >= 0 && lookBack <= MAX_LOOK_BACK)) {
		throw new NodeOperationError(
			context.getNode(),
			`'Look Back' must be a number of minutes from 0 to ${MAX_LOOK_BACK}`,
			{ description: `It is ${toText(given.lookBack)}.`, itemIndex },
		);
	}
	return {
		order: given.order === 'oldest' || given.order === 'newest' ? given.order : undefined,
		sinceLastRun: given.sinceLastRun === true,
		lookBack: lookBack * 60_000,
	};
}

/** The campaign of each item; none when the parameter is empty, which an expression that gives nothing isn't. */
function optionalCampaign(
	context: IExecuteFunctions,
	connection: Connection,
): (itemIndex: number) => ChosenCampaign | undefined | Promise<ChosenCampaign> {
	const parameter: unknown = context.getNode().parameters.campaign;
	const value: unknown = isObject(parameter) ? parameter.value : parameter;
	if (toText(value).trim() === '') return () => undefined;
	return campaignResolver(context, connection);
}

async function listCalls(wanted: Wanted): Promise<IDataObject[]> {
	const { context, itemIndex, order = 'newest' } = wanted;
	const limit = readLimit(context, itemIndex);
	const cdrs = await read(wanted, { limit, order });
	return toOutput(wanted, inOrder(cdrs, order).slice(0, limit));
}

async function listNewCalls(wanted: Wanted, feed: Feed): Promise<IDataObject[]> {
	const { filters, order = 'oldest', lookBack } = wanted;
	const key = filters.campaign?.id ?? 'all';
	const from = Math.max(feed.begin(key, lookBack) ?? 0, filters.from ?? 0);
	const everything = { limit: Number.POSITIVE_INFINITY, order };
	const cdrs = await read(
		{ ...wanted, filters: { ...filters, ...(from > 0 && { from }) } },
		everything,
	);
	return toOutput(wanted, inOrder(feed.take(key, cdrs, lookBack), order));
}

/** @throws NodeApiError */
async function read(
	{ context, connection, itemIndex, filters }: Wanted,
	{ limit, order }: { limit: number; order: 'newest' | 'oldest' },
): Promise<Cdr[]> {
	const filter = new CallFilter(filters);
	let found = 0;
	let first: number | undefined;
	let last: number | undefined;
	const result = await readCdrs(
		connection,
		toQuery(filters),
		Math.max(limit, SMALLEST_PAGE),
		(added) => {
			found += filter.count(added);
			const starts = added.map(startOf).filter((time) => time !== undefined);
			first ??= starts[0];
			last = starts.at(-1) ?? last;
			// Voiso's order is not documented: it is enough only when the list begins with what is wanted.
			const isOrdered =
				first !== undefined &&
				last !== undefined &&
				(order === 'newest' ? first > last : first < last);
			return found >= limit && isOrdered;
		},
	);
	if (!result.ok)
		throw toCallError(context, connection, filters.campaign, result.problem, itemIndex);
	const cdrs = filter.apply(result.cdrs, result.tookGuesses);
	const warn = (message: string) =>
		context.addExecutionHints({ message, type: 'warning', location: 'outputPane' });
	if (filter.leftOut > 0) {
		warn(`${filter.leftOut} calls are left out: Voiso doesn't say whether they match the filters.`);
	}
	for (const name of filter.unproven) {
		warn(
			`Voiso's calls don't show whether they match '${name}'. Check that Voiso has filtered them.`,
		);
	}
	return cdrs;
}

function inOrder(cdrs: readonly Cdr[], order: 'newest' | 'oldest'): Cdr[] {
	const sign = order === 'newest' ? -1 : 1;
	return cdrs
		.map((cdr) => ({ cdr, start: startOf(cdr) }))
		.sort((a, b) => {
			if (a.start === undefined || b.start === undefined) {
				return Number(a.start === undefined) - Number(b.start === undefined);
			}
			return sign * (a.start - b.start);
		})
		.map(({ cdr }) => cdr);
}

function toOutput({ context, itemIndex }: Wanted, cdrs: readonly Cdr[]): IDataObject[] {
	const isSimple = isSimplified(context, itemIndex);
	return cdrs.map((cdr) => (isSimple ? { ...simplifyCall(cdr) } : (cdr as IDataObject)));
}

function toCallError(
	context: IExecuteFunctions,
	{ host }: Connection,
	campaign: ChosenCampaign | undefined,
	problem: ApiProblem,
	itemIndex: number,
) {
	const about: RequestContext = {
		action: 'list the calls',
		scope: 'reporting.cdrs.read',
		feature: 'reporting of calls (CDRs)',
		host,
	};
	const { message, description } = explain(problem, about);
	const where = campaign ? ` Asked for: ${campaignInWords(campaign.id, campaign.name)}.` : '';
	const narrow =
		problem.kind === 'incomplete' || problem.kind === 'endless'
			? " To list fewer calls at once, set 'Started After' and 'Started Before'."
			: '';
	return apiError(
		context.getNode(),
		{
			message,
			description: `${description}${narrow}${where} Listing calls needs an API key with the scope reporting.cdrs.read.`,
		},
		problem.status,
		itemIndex,
	);
}
