import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
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
	const signal = context.getExecutionCancelSignal();
	const pauses = pauser(signal);
	const leads: ReadLead[] = [];
	const refuse = (item: number, error: unknown) => {
		leads.push({ kind: 'unread', item, error: asNodeError(context, error as Error, item) });
	};
	const isJson = settings.inputMode === 'json';
	const mapping = isJson || isAutomatic(context) ? new AutomaticMapping() : undefined;
	if (isJson && mapping !== undefined) {
		const listOf = itemParameter(context, 'leadsJson');
		for (let item = 0; item < items.length; item++) {
			if (pauses.isDue()) await pauses.take();
			try {
				const { id } = await settings.campaignOf(item);
				const list = leadsOf(listOf(item), item, context);
				const ofItem = await readList(list, mapping, item, id, settings, pauses);
				for (const lead of ofItem) leads.push(lead);
			} catch (error) {
				// A stop ends everything.
				if (signal?.aborted) await pauses.take();
				refuse(item, error);
			}
		}
	} else {
		const source = mapping ?? columnReaders(context);
		const headersOf = itemParameter(context, 'contextHeaders.header', null);
		kept ??= readExample();
		const reader = new ItemReader({ items, source, headersOf, settings, leads, pauses, refuse });
		while (reader.next < items.length) {
			if (pauses.isDue()) await pauses.take();
			const lookup = reader.readUntilDue();
			if (lookup !== undefined) await lookup;
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

/** The value of a parameter for an item. */
type ItemParameter = (item: number) => unknown;

/** What an `ItemReader` reads from, and what it adds to. */
interface ItemReading {
	items: readonly INodeExecutionData[];
	/** Where the fields come from: the item's own, or the mapper's columns. */
	source: AutomaticMapping | ColumnReaders;
	headersOf: ItemParameter;
	settings: ReadSettings;
	leads: ReadLead[];
	pauses: Pauser;
	/** Takes an item that can't be read. */
	refuse: (item: number, error: unknown) => void;
}

/** Reads one lead per item. */
class ItemReader {
	/** The item to read next. */
	next = 0;

	private readonly items: readonly INodeExecutionData[];

	private readonly source: AutomaticMapping | ColumnReaders;

	private readonly headersOf: ItemParameter;

	private readonly settings: ReadSettings;

	private readonly leads: ReadLead[];

	private readonly pauses: Pauser;

	private readonly refuse: ItemReading['refuse'];

	constructor({ items, source, headersOf, settings, leads, pauses, refuse }: ItemReading) {
		this.items = items;
		this.source = source;
		this.headersOf = headersOf;
		this.settings = settings;
		this.leads = leads;
		this.pauses = pauses;
		this.refuse = refuse;
	}

	/**
	 * Reads one item, and those after it until a pause is due or a campaign has to be looked up.
	 *
	 * @returns a promise when that is a campaign; its item is read when it is settled
	 */
	readUntilDue(): Promise<void> | undefined {
		do {
			const item = this.next++;
			try {
				const campaign = this.settings.campaignOf(item);
				if (campaign instanceof Promise) return this.readLater(item, campaign);
				this.read(item, campaign.id);
			} catch (error) {
				this.refuse(item, error);
			}
		} while (this.next < this.items.length && !this.pauses.isDue());
		return undefined;
	}

	private async readLater(item: number, campaign: Promise<{ id: string }>): Promise<void> {
		try {
			this.read(item, (await campaign).id);
		} catch (error) {
			this.refuse(item, error);
		}
	}

	private read(item: number, campaignId: string): void {
		const { source } = this;
		const isAutomatic = source instanceof AutomaticMapping;
		const raw = isAutomatic ? source.map(this.items[item]?.json ?? {}) : mappedLead(source, item);
		const headers = this.headersOf(item);
		const hasHeaders = Array.isArray(headers) && headers.length > 0;
		if (hasHeaders) raw.context_headers = headers;
		const found = hasHeaders ? CONTEXT_HEADERS : NO_FIELDS;
		const mappedByHand = isAutomatic ? found : ALL_FIELDS;
		this.leads.push(readLead(raw, mappedByHand, item, campaignId, this.settings));
	}
}

/** Stays in memory, so that V8 keeps what it compiled for such objects: docs/decisions/compiled-code.md. */
let kept: ItemReader | undefined;

/** A reader that has read an item, so that a lead and the columns of automatic mapping stay in memory as well. */
function readExample(): ItemReader {
	const json = {
		phone_number: '447700900123',
		name: 'Ann',
		source_system: 'CRM',
		source_url: 'https://crm.example/1',
		priority: 1,
		active: true,
		context_headers: { 'x-id': '1' },
	};
	const reader = new ItemReader({
		items: [{ json }],
		source: new AutomaticMapping(),
		headersOf: () => undefined,
		settings: {
			operation: 'add',
			inputMode: 'items',
			defaultCountryOf: () => undefined,
			campaignOf: () => ({ id: '' }),
		},
		leads: [],
		pauses: pauser(undefined),
		refuse: (_, error) => {
			throw error;
		},
	});
	void reader.readUntilDue();
	return reader;
}

function isAutomatic(context: IExecuteFunctions): boolean {
	return context.getNodeParameter('columns.mappingMode', 0, 'defineBelow') === 'autoMapInputData';
}

/** For each field the reader of the column that the user mapped to it. */
type ColumnReaders = Record<LeadFieldName, ItemParameter>;

/**
 * The columns that were mapped by hand. Each is read by its own path, because n8n converts and
 * refuses values of the whole `columns.value` by rules of its own.
 */
function columnReaders(context: IExecuteFunctions): ColumnReaders {
	const columns: unknown = context.getNodeParameter(
		'columns.value',
		0,
		{},
		{
			rawExpressions: true,
		},
	);
	const readerOf = (name: LeadFieldName): ItemParameter =>
		// n8n 1 stores 0 for a number column that nobody touched.
		isObject(columns) && Object.hasOwn(columns, name) && columns[name] !== 0
			? itemParameter(context, `columns.value.${name}`)
			: () => undefined;
	return {
		phone_number: readerOf('phone_number'),
		name: readerOf('name'),
		priority: readerOf('priority'),
		active: readerOf('active'),
		source_system: readerOf('source_system'),
		source_url: readerOf('source_url'),
		context_headers: readerOf('context_headers'),
	};
}

/** The fields of a lead that were mapped by hand. In one literal: half the time of a loop over them. */
function mappedLead(columns: ColumnReaders, item: number): RawLead {
	return {
		phone_number: columns.phone_number(item),
		name: columns.name(item),
		priority: columns.priority(item),
		active: columns.active(item),
		source_system: columns.source_system(item),
		source_url: columns.source_url(item),
		context_headers: columns.context_headers(item),
		country_code: undefined,
		other_phone_numbers: undefined,
	};
}

/**
 * The leads of one item, from one expression or from an AI agent.
 *
 * @throws NodeOperationError when that is no list of leads
 */
function leadsOf(value: unknown, item: number, context: IExecuteFunctions): readonly IDataObject[] {
	const result = readLeadsJson(value);
	if (!('problem' in result)) return result.leads;
	const message = `'Leads (JSON)' of item ${item} ${result.problem}`;
	const description = result.near ? `Near: ${result.near}\n${LIST_OF_LEADS}` : LIST_OF_LEADS;
	throw operationError(context.getNode(), { message, description }, item);
}

async function readList(
	list: readonly IDataObject[],
	mapping: AutomaticMapping,
	item: number,
	campaignId: string,
	settings: ReadSettings,
	pauses: Pauser,
): Promise<ReadLead[]> {
	const leads: ReadLead[] = [];
	for (const given of list) {
		if (pauses.isDue()) await pauses.take();
		const lead = readLead(mapping.map(given), NO_FIELDS, item, campaignId, settings);
		leads.push({ ...lead, given });
	}
	return leads;
}

function asNodeError(context: IExecuteFunctions, error: Error, itemIndex: number) {
	return error instanceof NodeOperationError || error instanceof NodeApiError
		? error
		: new NodeOperationError(context.getNode(), error, { itemIndex });
}
