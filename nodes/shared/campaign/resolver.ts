import type { IExecuteFunctions, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { campaignList, nameOf } from '../api/campaigns';
import type { Connection } from '../api/connection';
import { operationError, toNodeError, type Explanation } from '../api/explain';
import { readId } from '../api/ids';
import { idOf, readList, type Row } from '../api/pages';
import { isObject, type ApiProblem } from '../api/problem';
import { itemParameter } from '../parameters/itemParameter';
import { campaignLabel, nameInLabel } from './campaignLabel';

/** The campaign that an item is for. */
export interface ChosenCampaign {
	id: string;
	/** When it is known without asking Voiso. */
	name?: string;
}

type Choice = { ok: true; campaign: ChosenCampaign } | { ok: false; why: Explanation | ApiProblem };

const MAX_CANDIDATES = 5;

const NO_CAMPAIGN: Explanation = {
	message: 'No campaign chosen',
	description:
		'Choose a campaign from the list, or enter its ID or exact name. If an expression gives it, check that it has a value for this item.',
};

/**
 * Finds the campaign of each item. What was found for a value serves all items with that value, and
 * names are looked up in one reading of the list for the whole execution.
 *
 * @returns a function from an item's index to its campaign, without a promise where the item before
 *   has the same; it throws NodeOperationError (none chosen, not an ID, no or several campaigns of that
 *   name) or NodeApiError (the list could not be read)
 */
export function campaignResolver(
	context: IExecuteFunctions,
	connection: Connection,
): (itemIndex: number) => ChosenCampaign | Promise<ChosenCampaign> {
	const choiceOf = choiceReader(context);
	const choices = new Map<string, Promise<Choice>>();
	let campaigns: ReturnType<typeof readList> | undefined;
	const allCampaigns = async () => await (campaigns ??= readList(connection, campaignList()));

	let last: { mode: unknown; value: unknown; campaign: ChosenCampaign } | undefined;
	const find = async (itemIndex: number, { mode, value, label }: RawChoice) => {
		const key = `${mode}/${typeof value}/${String(value)}`;
		const known = choices.get(key) ?? decide(mode, value, label, allCampaigns);
		choices.set(key, known);
		const choice = await known;
		if (!choice.ok) throw toError(context, connection, choice.why, itemIndex);
		last = { mode, value, campaign: choice.campaign };
		return choice.campaign;
	};

	return (itemIndex) => {
		const choice = choiceOf(itemIndex);
		const isSame = last?.mode === choice.mode && last?.value === choice.value;
		return isSame && last ? last.campaign : find(itemIndex, choice);
	};
}

interface RawChoice {
	mode: unknown;
	value: unknown;
	/** What the list showed for the campaign when it was chosen. */
	label?: unknown;
}

/** A workflow that was not made in the editor can give the ID alone, in place of a locator. */
function choiceReader(context: IExecuteFunctions): (itemIndex: number) => RawChoice {
	const parameter: unknown = context.getNode().parameters.campaign;
	if (!isObject(parameter)) {
		const whole = itemParameter(context, 'campaign', '');
		return (itemIndex) => {
			const value = whole(itemIndex);
			return isObject(value) ? { mode: value.mode, value: value.value } : { mode: 'id', value };
		};
	}
	const modeOf = itemParameter(context, 'campaign.mode', 'id');
	const valueOf = itemParameter(context, 'campaign.value', '');
	const { value, cachedResultName } = parameter;
	const isConstant = typeof value !== 'string' || !value.startsWith('=');
	const label = isConstant ? cachedResultName : undefined;
	let last: RawChoice | undefined;
	return (itemIndex) => {
		const mode = modeOf(itemIndex);
		const chosen = valueOf(itemIndex);
		if (last === undefined || last.mode !== mode || last.value !== chosen)
			last = { mode, value: chosen, label };
		return last;
	};
}

async function decide(
	mode: unknown,
	value: unknown,
	label: unknown,
	allCampaigns: () => ReturnType<typeof readList>,
): Promise<Choice> {
	if (typeof value === 'object' && value !== null) {
		return { ok: false, why: notAnId(JSON.stringify(value)) };
	}
	const text = String(value ?? '').trim();
	if (text === '') return { ok: false, why: NO_CAMPAIGN };
	if (mode === 'name') {
		const list = await allCampaigns();
		return list.ok ? chooseByName(text, list.rows) : { ok: false, why: list.problem };
	}
	const id = readId(value);
	if (id === undefined) return { ok: false, why: notAnId(text) };
	const name = nameInLabel(label);
	return { ok: true, campaign: { id, ...(name !== undefined && { name }) } };
}

function notAnId(text: string): Explanation {
	return {
		message: `"${text}" is not the ID of a campaign`,
		description:
			'A campaign ID is a number, such as 3. To choose a campaign by its name, switch the field to "By Name".',
	};
}

function chooseByName(wanted: string, campaigns: Row[]): Choice {
	const name = wanted.normalize();
	const matches = campaigns.filter((each) => nameOf(each).normalize().trim() === name);
	const [match, another] = matches;
	if (match && !another) return { ok: true, campaign: { id: idOf(match), name: nameOf(match) } };
	if (match) {
		return {
			ok: false,
			why: {
				message: `${matches.length} campaigns are named "${wanted}"`,
				description: `Choose one of them by its ID: ${inWords(matches)}.`,
			},
		};
	}
	const similar = campaigns.filter((each) => isSimilar(nameOf(each), name));
	const hint =
		similar.length > 0
			? `Similar: ${inWords(similar)}.`
			: `Campaigns there are: ${inWords(campaigns)}.`;
	return {
		ok: false,
		why: {
			message: `No campaign is named "${wanted}"`,
			description: `The name must be exactly as in Voiso, with the same capital letters. ${
				campaigns.length > 0 ? hint : 'The API key sees no campaign at all.'
			}`,
		},
	};
}

function isSimilar(one: string, other: string): boolean {
	const a = one.normalize().trim().toLowerCase();
	const b = other.toLowerCase();
	return a !== '' && (a.includes(b) || b.includes(a));
}

function inWords(campaigns: Row[]): string {
	const some = campaigns.slice(0, MAX_CANDIDATES).map(campaignLabel).join('; ');
	const more = campaigns.length - MAX_CANDIDATES;
	return more > 0 ? `${some}; and ${more} more` : some;
}

function toError(
	context: IExecuteFunctions,
	{ host }: Connection,
	why: Explanation | ApiProblem,
	itemIndex: number,
): NodeOperationError | NodeApiError {
	if ('kind' in why) {
		const action = 'look up the campaign by its name (it can also be chosen by ID)';
		return toNodeError(
			context.getNode(),
			why,
			{ action, scope: 'campaigns.read', host },
			itemIndex,
		);
	}
	return operationError(context.getNode(), why, itemIndex);
}
