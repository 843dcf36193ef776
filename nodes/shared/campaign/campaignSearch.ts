import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { campaignList } from '../api/campaigns';
import { connect } from '../api/connection';
import { toNodeError } from '../api/explain';
import { PAGE_SIZE, readPage } from '../api/pages';
import { campaignLabel } from './campaignLabel';

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
	const connection = await connect(this);
	const offset = Number(paginationToken ?? 0);
	const name = filter?.trim() ?? '';
	const list = campaignList(name === '' ? {} : { name });
	const result = await readPage(connection, list, { limit: PAGE_SIZE, offset });
	if (!result.ok) {
		const { host } = connection;
		const action = 'list the campaigns (they can also be chosen by ID)';
		throw toNodeError(this.getNode(), result.problem, { action, scope: 'campaigns.read', host });
	}
	const { rows, read, total = Number.POSITIVE_INFINITY } = result.page;
	const results = rows.map((campaign) => ({ name: campaignLabel(campaign), value: campaign.id }));
	const next = offset + read;
	const isLast =
		read === 0 || (total === Number.POSITIVE_INFINITY ? read < PAGE_SIZE : next >= total);
	return isLast ? { results } : { results, paginationToken: String(next) };
}
