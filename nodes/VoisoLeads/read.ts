import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { operationError } from '../shared/api/explain';
import { isObject } from '../shared/api/problem';
import { itemParameter } from '../shared/parameters/itemParameter';
import { pauser, type Pauser } from '../shared/pauser';
import { leadFields, type LeadFieldName } from './fields/leadFields';
import { readLeadsJson } from './fields/leadsJson';
import type { MappingReport } from './fields/columns';
import { AutomaticMapping } from './fields/mapAutomatically';
import { NO_VALUES, toLead, type RawLead } from './fields/toLead';
import { describe } from './fields/reading';
import { changesSomething } from './plan';
import type { GoodLead, InvalidLead, LeadOperation, ReadLead } from './types';

/** What decides how items become leads. */
export interface ReadSettings {
	operation: LeadOperation;
	/** Whether each item is a lead, or holds a list of leads. */
	inputMode: 'items' | 'json';
	/** The country of an item's numbers that have no country code, as an ISO code; it can throw. */
	defaultCountryOf: (itemIndex: number) => string | undefined;
	/**
	 * The campaign of an item; an empty id when all campaigns are meant. A promise only where it has to
	 * be looked up: waiting for each of a million items takes longer than reading them.
	 */
	campaignOf: (itemIndex: number) => { id: string } | Promise<{ id: string }>;
}

/** What was read of the input. */
export interface ReadResult {
	leads: ReadLead[];
	/** What automatic mapping did with the columns; nothing when the user mapped by hand. */
	mapping?: MappingReport;
}

const NOTHING_TO_CHANGE =
	'There is nothing to update: give at least one of name, priority, active, source_system, source_url.';

const LIST_OF_LEADS =
	'Give a JSON array of objects, such as [{"phone_number": "447700900123", "name": "Ann"}].';

/**
 * Reads items and parameters into leads, the only step that knows n8n's parameters. An item whose
 * parameters cannot be read becomes an `unread` lead, so that it does not take the others with it.
 *
 * @throws OperationalError when the user has stopped the execution
 * @throws NodeOperationError when automatic mapping finds a column for phone numbers in no item at all
 */
export async function read(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	settings: ReadSettings,
): Promise<ReadResult> {
	const leads: ReadLead[] = [];
	const pauses = pauser(context.getExecutionCancelSignal());
	const isJson = settings.inputMode === 'json';
	const mapping = isJson || isAutomatic(context) ? new AutomaticMapping() : undefined;
	const readItem =
		isJson && mapping !== undefined
			? jsonReader(context, mapping, settings, leads, pauses)
			: itemReader(context, items, mapping, settings, leads);
	for (let item = 0; item < items.length; item++) {
		if (pauses.isDue()) await pauses.take();
		try {
			const campaign = settings.campaignOf(item);
			const { id } = campaign instanceof Promise ? await campaign : campaign;
			const reading = readItem(item, id);
			if (reading) await reading;
		} catch (error) {
			leads.push({ kind: 'unread', item, error: asNodeError(context, error as Error, item) });
		}
	}
	if (mapping === undefined) return { leads };
	const report = mapping.columns.report();
	if (!mapping.columns.hasPhoneColumn && hasNoNumber(leads)) {
		throw noPhoneColumn(context, leads, report, isJson);
	}
	return { leads, mapping: report };
}

export function hasNoNumber(leads: readonly ReadLead[]): boolean {
	const hasNone = (lead: ReadLead) => lead.kind === 'invalid' && lead.reason !== NOTHING_TO_CHANGE;
	return leads.length > 0 && leads.every(hasNone);
}

const MOST_NAMED = 30;

function noPhoneColumn(
	context: IExecuteFunctions,
	leads: readonly ReadLead[],
	report: MappingReport,
	isJson: boolean,
) {
	const columns = [...report.used.map(({ column }) => column), ...report.ignored];
	const named = columns.slice(0, MOST_NAMED).map((column) => describe(column));
	if (columns.length > MOST_NAMED) named.push('…');
	const seen = named.length === 0 ? 'There are no fields.' : `The fields are: ${named.join(', ')}.`;
	const remedy = isJson
		? 'Give each lead a phone_number.'
		: "Rename the field with the number to 'Phone Number', or set 'Mapping Column Mode' to 'Map Each Column Manually'. If the fields look wrong, check the node before this one.";
	// A field such as `Number` was looked at, too: what is wrong with it can be all that is.
	const tried = leads.find((lead) => lead.kind === 'invalid' && lead.phone !== '');
	const reason =
		tried?.kind === 'invalid' ? ` What comes closest: ${tried.reason.replace(/\.$/, '')}.` : '';
	const where = isJson ? "'Leads (JSON)'" : 'the input';
	const message = `No field for the phone number found in ${where}`;
	return operationError(context.getNode(), { message, description: `${seen} ${remedy}${reason}` });
}

/** Fields that the user mapped: what can't be read in them makes the lead invalid. */
const ALL_FIELDS: ReadonlySet<LeadFieldName> = new Set(Object.keys(leadFields) as LeadFieldName[]);
const CONTEXT_HEADERS: ReadonlySet<LeadFieldName> = new Set(['context_headers']);
export const NO_FIELDS: ReadonlySet<LeadFieldName> = new Set();

/** Reads one lead by the rules that hold for all of them. */
export function readLead(
	raw: RawLead,
	mappedByHand: ReadonlySet<LeadFieldName>,
	item: number,
	campaignId: string,
	{ operation, defaultCountryOf }: Pick<ReadSettings, 'operation' | 'defaultCountryOf'>,
): GoodLead | InvalidLead {
	const fields = operation === 'deactivate' || operation === 'getStatus' ? numbersOf(raw) : raw;
	const result = toLead(fields, { defaultCountry: defaultCountryOf(item) }, mappedByHand);
	if ('reason' in result) return { kind: 'invalid', item, campaignId, ...result };
	const { lead, warning } = result;
	if (operation === 'deactivate') lead.active = false;
	if (operation === 'update' && !changesSomething(lead)) {
		const { phone_number: phone } = lead;
		const refused = { phone, reason: NOTHING_TO_CHANGE, ...(warning && { warning }) };
		return { kind: 'invalid', item, campaignId, ...refused };
	}
	return warning === undefined
		? { kind: 'good', item, campaignId, lead }
		: { kind: 'good', item, campaignId, lead, warning };
}

function numbersOf({ phone_number, other_phone_numbers, country_code }: RawLead): RawLead {
	return { ...NO_VALUES, phone_number, other_phone_numbers, country_code };
}

/** Adds the leads of an item to those read; a promise only where there can be many. */
type ItemReader = (item: number, campaignId: string) => void | Promise<void>;

/** One lead per item, from the mapper's columns or from the item's own fields. */
function itemReader(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	mapping: AutomaticMapping | undefined,
	settings: ReadSettings,
	leads: ReadLead[],
): ItemReader {
	const headersOf = itemParameter(context, 'contextHeaders.header', null);
	const rawLead = mapping
		? (item: number) => mapping.map(items[item]?.json ?? {})
		: mappedReader(context);
	return (item, campaignId) => {
		const raw = rawLead(item);
		const headers = headersOf(item);
		const hasHeaders = Array.isArray(headers) && headers.length > 0;
		if (hasHeaders) raw.context_headers = headers;
		const found = hasHeaders ? CONTEXT_HEADERS : NO_FIELDS;
		const mappedByHand = mapping === undefined ? ALL_FIELDS : found;
		leads.push(readLead(raw, mappedByHand, item, campaignId, settings));
	};
}

function isAutomatic(context: IExecuteFunctions): boolean {
	return context.getNodeParameter('columns.mappingMode', 0, 'defineBelow') === 'autoMapInputData';
}

/**
 * The columns that were mapped by hand. Each is read by its own path, because n8n converts and
 * refuses values of the whole `columns.value` by rules of its own.
 */
function mappedReader(context: IExecuteFunctions): (item: number) => RawLead {
	const columns: unknown = context.getNodeParameter(
		'columns.value',
		0,
		{},
		{
			rawExpressions: true,
		},
	);
	const readerOf = (name: LeadFieldName): ((item: number) => unknown) =>
		// n8n 1 stores 0 for a number column that nobody touched.
		isObject(columns) && Object.hasOwn(columns, name) && columns[name] !== 0
			? itemParameter(context, `columns.value.${name}`)
			: () => undefined;
	const phone = readerOf('phone_number');
	const name = readerOf('name');
	const priority = readerOf('priority');
	const active = readerOf('active');
	const system = readerOf('source_system');
	const url = readerOf('source_url');
	const headers = readerOf('context_headers');
	// In one literal, with a reader of its own for each field: half the time of a loop over them.
	return (item) => ({
		phone_number: phone(item),
		name: name(item),
		priority: priority(item),
		active: active(item),
		source_system: system(item),
		source_url: url(item),
		context_headers: headers(item),
		country_code: undefined,
		other_phone_numbers: undefined,
	});
}

/** Any number of leads per item, from one expression or from an AI agent. */
function jsonReader(
	context: IExecuteFunctions,
	mapping: AutomaticMapping,
	settings: ReadSettings,
	leads: ReadLead[],
	pauses: Pauser,
): ItemReader {
	const valueOf = itemParameter(context, 'leadsJson');
	return async (item, campaignId) => {
		const result = readLeadsJson(valueOf(item));
		if ('problem' in result) {
			const message = `'Leads (JSON)' of item ${item} ${result.problem}`;
			const description = result.near ? `Near: ${result.near}\n${LIST_OF_LEADS}` : LIST_OF_LEADS;
			throw operationError(context.getNode(), { message, description }, item);
		}
		const ofItem: ReadLead[] = [];
		for (const given of result.leads) {
			if (pauses.isDue()) await pauses.take();
			const lead = readLead(mapping.map(given), NO_FIELDS, item, campaignId, settings);
			ofItem.push({ ...lead, given });
		}
		for (const lead of ofItem) leads.push(lead);
	};
}

function asNodeError(context: IExecuteFunctions, error: Error, itemIndex: number) {
	return error instanceof NodeOperationError || error instanceof NodeApiError
		? error
		: new NodeOperationError(context.getNode(), error, { itemIndex });
}
