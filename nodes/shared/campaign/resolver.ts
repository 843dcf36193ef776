import type { IExecuteFunctions, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { campaignList, nameOf, statusOf } from '../api/campaigns';
import type { Connection } from '../api/connection';
import {
	asOneText,
	explain,
	operationError,
	toNodeError,
	type Explanation,
	type RequestContext,
} from '../api/explain';
import { readId } from '../api/ids';
import { idOf, readList, type Row } from '../api/pages';
import { isObject, type ApiProblem } from '../api/problem';
import { itemParameter } from '../parameters/itemParameter';
import type { Result } from '../result';
import { shorten, toText } from '../text';
import { isTool } from '../tool';
import { nameInLabel } from './campaignLabel';
import { statusName } from './statuses';

/** The campaign that an item is for. */
export interface ChosenCampaign {
	id: string;
	/** When it is known without asking Voiso. */
	name?: string;
}

type Choice = Result<{ campaign: ChosenCampaign }, { why: Explanation | ApiProblem }>;

const MAX_CANDIDATES = 5;
/** Titles have one line; a name that is longer is cut. */
const MAX_QUOTED = 60;

const NO_CAMPAIGN: Explanation = {
	message: 'No campaign selected',
	description:
		'Select a campaign from the list, or enter its ID or name. If an expression gives it, check that it has a value for this item.',
};

/**
 * Finds the campaign of each item. What was found for a value serves all items with that value, and
 * names are looked up in one reading of the list for the whole execution.
 *
 * @param onFound gets each campaign that is given as a promise
 * @returns a function from an item's index to its campaign, without a promise where the item before
 *   has the same; it throws NodeOperationError (none selected, not an ID, no or several campaigns of that
 *   name) or NodeApiError (the list could not be read)
 */
export function campaignResolver(
	context: IExecuteFunctions,
	connection: Connection,
	onFound: (campaign: ChosenCampaign) => void = () => {},
): (itemIndex: number) => ChosenCampaign | Promise<ChosenCampaign> {
	const choiceOf = choiceReader(context);
	const choices = new Map<string, Promise<Choice>>();
	let campaigns: ReturnType<typeof readList> | undefined;
	const finder: Finder = {
		allCampaigns: async () => await (campaigns ??= readList(connection, campaignList())),
		takesNames: isTool(context.getNode()),
	};

	let last: { mode: unknown; value: unknown; campaign: ChosenCampaign } | undefined;
	const find = async (itemIndex: number, { mode, value, label }: RawChoice) => {
		const key = `${toText(mode)}/${typeof value}/${toText(value)}`;
		const known = choices.get(key) ?? decide({ mode, value, label }, finder);
		choices.set(key, known);
		const choice = await known;
		if (!choice.ok) throw toError(context, connection, choice.why, itemIndex);
		last = { mode, value, campaign: choice.campaign };
		onFound(choice.campaign);
		return choice.campaign;
	};

	return (itemIndex) => {
		const choice = choiceOf(itemIndex);
		const isSame = last?.mode === choice.mode && last?.value === choice.value;
		return isSame && last ? last.campaign : find(itemIndex, choice);
	};
}

/**
 * Finds campaigns by an ID or a name, as a column of a list gives them.
 *
 * @returns a function from the text to the campaign, or to what is wrong with the text
 */
export function campaignFinder(
	connection: Connection,
): (text: string) => Promise<ChosenCampaign | { reason: string }> {
	const choices = new Map<string, Promise<Choice>>();
	let campaigns: ReturnType<typeof readList> | undefined;
	const finder: Finder = {
		allCampaigns: async () => await (campaigns ??= readList(connection, campaignList())),
		takesNames: true,
	};
	return async (text) => {
		const known = choices.get(text) ?? decide({ mode: 'id', value: text }, finder);
		if (choices.size < MOST_CHOICES) choices.set(text, known);
		const choice = await known;
		if (choice.ok) return choice.campaign;
		const { why } = choice;
		return { reason: asOneText('kind' in why ? explain(why, byName(connection)) : why) };
	};
}

/** A column that is none of campaigns can hold anything. */
const MOST_CHOICES = 10_000;

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

interface Finder {
	allCampaigns: () => ReturnType<typeof readList>;
	/** Whether a name will do where an ID is asked for, as an AI agent gives it. */
	takesNames: boolean;
}

async function decide({ mode, value, label }: RawChoice, finder: Finder): Promise<Choice> {
	const text = toText(value).trim();
	if (text === '') return { ok: false, why: NO_CAMPAIGN };
	const id = readId(value);
	if (mode === 'name' || (finder.takesNames && id === undefined)) {
		const list = await finder.allCampaigns();
		return list.ok ? chooseByName(text, list.rows) : { ok: false, why: list.problem };
	}
	if (id === undefined) return { ok: false, why: notAnId(text) };
	const name = nameInLabel(label);
	return { ok: true, campaign: { id, ...(name !== undefined && { name }) } };
}

function notAnId(text: string): Explanation {
	return {
		message: `${quoted(text)} isn't a campaign ID`,
		description:
			'A campaign ID is a number, such as 3. To select a campaign by its name, switch the field to "By Name".',
	};
}

/** The name as in Voiso, or in other capitals when only one campaign has it then. */
function chooseByName(wanted: string, campaigns: Row[]): Choice {
	const names = new Map(campaigns.map((each) => [each, nameOf(each).normalize().trim()]));
	const name = wanted.normalize();
	const same = campaigns.filter((each) => names.get(each) === name);
	const matches =
		same.length > 0 ? same : campaigns.filter((each) => lower(names.get(each)) === lower(name));
	const [match, another] = matches;
	if (match && !another) return { ok: true, campaign: { id: idOf(match), name: nameOf(match) } };
	if (match) {
		return {
			ok: false,
			why: {
				message: `${matches.length} campaigns are named ${quoted(wanted)}`,
				description: `Select one of them by its ID: ${inWords(matches)}.`,
			},
		};
	}
	const similar = campaigns.filter((each) => isSimilar(lower(names.get(each)), lower(name)));
	const hint =
		similar.length > 0
			? `Similar: ${inWords(similar)}.`
			: `Available campaigns: ${inWords(campaigns)}.`;
	return {
		ok: false,
		why: {
			message: `No campaign is named ${quoted(wanted)}`,
			description: campaigns.length > 0 ? hint : "This API key can't access any campaigns.",
		},
	};
}

function lower(name = ''): string {
	return name.toLowerCase();
}

function isSimilar(one: string, other: string): boolean {
	return one !== '' && (one.includes(other) || other.includes(one));
}

function inWords(campaigns: Row[]): string {
	const some = campaigns.slice(0, MAX_CANDIDATES).map((campaign) => {
		const details = [`ID ${idOf(campaign)}`, statusName(statusOf(campaign))];
		return `${quoted(nameOf(campaign))} (${details.filter((text) => text !== '').join(', ')})`;
	});
	const more = campaigns.length - MAX_CANDIDATES;
	return `${some.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function quoted(name: string): string {
	return `"${shorten(name, MAX_QUOTED)}"`;
}

const byName = ({ host }: Connection): RequestContext => ({
	action: 'find the campaign by name',
	scope: 'campaigns.read',
	host,
	alternative: 'Its ID works without the list of campaigns.',
});

function toError(
	context: IExecuteFunctions,
	connection: Connection,
	why: Explanation | ApiProblem,
	itemIndex: number,
): NodeOperationError | NodeApiError {
	if ('kind' in why) return toNodeError(context.getNode(), why, byName(connection), itemIndex);
	return operationError(context.getNode(), why, itemIndex);
}
