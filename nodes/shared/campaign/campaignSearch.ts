import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { campaignList, listingCampaigns } from '../api/campaigns';
import { connect, type Connection } from '../api/connection';
import { toNodeError } from '../api/explain';
import { PAGE_SIZE, readPage, type Row } from '../api/pages';
import { campaignLabel, isLive } from './campaignLabel';

/**
 * Fills the list of campaigns in the editor, a page at a time; Voiso itself does the searching.
 *
 * @param paginationToken how many campaigns the pages before it had
 */
export async function campaignSearch(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const page = await searchPage(this, await connect(this), {
		query: nameQuery(filter),
		offset: Number(paginationToken ?? 0),
	});
	return toResult(page);
}

/** More pages in a row without a campaign to show are not read. */
const MAX_PAGES = 20;

/**
 * The same list for operations that need a live campaign: those that aren't live come last.
 *
 * They are asked for by Voiso's filter `live` when all others have been shown; what that gives is
 * looked at again, in case that Voiso doesn't heed it.
 *
 * @param paginationToken as above; negative, less one, among those that aren't live
 */
export async function liveCampaignSearch(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const connection = await connect(this);
	let token = Number(paginationToken ?? 0);
	for (let pages = 1; ; pages++) {
		const isSecondPart = token < 0;
		const { campaigns, next, missing } = await searchPage(this, connection, {
			query: { ...nameQuery(filter), ...(isSecondPart && { live: false }) },
			offset: isSecondPart ? -1 - token : token,
		});
		const isWhole = token === 0 && next === undefined;
		const found = campaigns.filter((campaign) => isLive(campaign) !== isSecondPart);
		if (isWhole) found.push(...campaigns.filter((campaign) => !isLive(campaign)));
		const isEnd = isWhole || (isSecondPart && next === undefined);
		token = isSecondPart ? -1 - (next ?? 0) : (next ?? -1);
		// The editor asks for the next page when it is scrolled to the end, which an empty page has not.
		// A list may have no end; who looks for more can search by name.
		if (isEnd || found.length > 0 || pages === MAX_PAGES)
			return toResult({ campaigns: found, missing, ...(!isEnd && { next: token }) });
	}
}

interface SearchedPage {
	campaigns: Row[];
	/** The offset of the next page. */
	next?: number;
	/** How many more campaigns Voiso counts than it lists, or lists without an ID that can be used. */
	missing: number;
}

async function searchPage(
	context: ILoadOptionsFunctions,
	connection: Connection,
	{ query, offset }: { query: Record<string, string | boolean>; offset: number },
): Promise<SearchedPage> {
	const page = { limit: PAGE_SIZE, offset };
	const result = await readPage(connection, campaignList(query), page);
	if (!result.ok) {
		throw toNodeError(context.getNode(), result.problem, {
			...listingCampaigns(connection),
			alternative: 'You can also select a campaign by its ID.',
		});
	}
	const { rows: campaigns, all, total } = result.page;
	const next = offset + all.length;
	const isLast = all.length === 0 || (total === undefined ? all.length < PAGE_SIZE : next >= total);
	const unusable = all.length - campaigns.length;
	if (!isLast) return { campaigns, next, missing: unusable };
	return { campaigns, missing: unusable + Math.max(0, (total ?? 0) - next) };
}

function nameQuery(filter?: string): Record<string, string> {
	const name = filter?.trim() ?? '';
	return name === '' ? {} : { name };
}

function toResult({ campaigns, next, missing }: SearchedPage): INodeListSearchResult {
	const results: INodeListSearchItems[] = campaigns.map((campaign) => ({
		name: campaignLabel(campaign),
		value: campaign.id,
	}));
	if (missing > 0) results.push({ name: `${missing} more can't be shown: use By ID`, value: '' });
	return next === undefined ? { results } : { results, paginationToken: String(next) };
}
