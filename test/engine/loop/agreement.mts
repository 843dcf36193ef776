import { isDeepStrictEqual } from 'node:util';
import type { IDataObject } from 'n8n-workflow';
import type { PlacedCall, Sandbox, SandboxOptions } from '../../sandbox/index.mts';

/** What the nodes gave of the calls to the leads of campaign 3. */
export interface Told {
	/** Get Status: the items of these numbers, in their order. */
	statuses: IDataObject[];
	/** Call → Get Many. */
	calls: IDataObject[];
	/** Voiso Trigger: the item of each execution. */
	events: IDataObject[];
	/** Calls of which there were events: the first ones, or all when not given. */
	listened?: number;
}

/**
 * Compares what the nodes gave with the calls that the sandbox has placed, number by number.
 *
 * @param numbers all that were asked about
 * @returns what differs
 */
export function disagreements(
	sandbox: Sandbox,
	numbers: readonly string[],
	{ statuses, calls, events, listened }: Told,
): string[] {
	const { options } = sandbox;
	const ledger = sandbox.calls().filter(({ campaign_id: id }) => id === 3);
	const tell = new Teller(sandbox);
	const byNumber = Map.groupBy(ledger, ({ phone_number }) => phone_number);
	const ofKind = Map.groupBy(events, ({ event }) => String(event));
	const heard = ledger.slice(0, listened);
	const answered = heard.filter(({ user_id }) => user_id !== null);
	const ended = options.callEvents === 'all' ? heard : answered;
	const link = (call: PlacedCall) => ({ call_id: call.id, recording_url: IS_LINK });
	return [
		...differences(
			'status',
			numbers.map((number) => tell.status(number, byNumber.get(number) ?? [])),
			statuses,
		),
		...differences(
			'call',
			ledger.map((call) => tell.call(call)),
			byKey(calls, 'call_id'),
		),
		...differences(
			'dialer.call.ended',
			ended.map((call) => tell.ended(call)),
			byKey(ofKind.get('dialer.call.ended') ?? [], 'call_id'),
		),
		...differences(
			'call.recording.available',
			answered.map(link),
			byKey(ofKind.get('call.recording.available') ?? [], 'call_id'),
		),
		...differences(
			'call.analytics.available',
			answered.map(({ id }) => ({ call_id: id })),
			byKey(ofKind.get('call.analytics.available') ?? [], 'call_id'),
		),
		...counted(sandbox, ofKind),
	];
}

const IS_LINK = Symbol('a link');

/** What each node should give, by what the options make Voiso say. */
class Teller {
	private readonly options: SandboxOptions;
	private readonly users: Map<number, { name: string; email: string }>;

	constructor(sandbox: Sandbox) {
		this.options = sandbox.options;
		this.users = new Map(sandbox.state().users.map((user) => [user.id, user]));
	}

	status(number: string, calls: readonly PlacedCall[]) {
		const latest = calls.at(-1);
		return {
			phone_number: number,
			status: 'found',
			dialed: latest !== undefined,
			...(this.options.resultFields === 'full' && {
				attempts: calls.length,
				disposition: latest ? this.disposition(latest) : null,
				last_dialed_at: latest?.started_at ?? null,
			}),
		};
	}

	call(call: PlacedCall) {
		const { cdrIds, resultFields } = this.options;
		const call_id = cdrIds === 'number' ? call.number : call.id;
		if (resultFields === 'short') {
			return { call_id, started_at: call.started_at, phone_number: null, disposition: null };
		}
		const recording_url = call.recorded ? IS_LINK : null;
		return { ...this.fields(call), call_id, end_reason: call.end_reason, recording_url };
	}

	ended(call: PlacedCall) {
		const { postcall_time: wrap_up_time, hold_time, total: duration } = call.duration;
		const user_email = this.users.get(call.user_id ?? 0)?.email ?? null;
		const more = { call_id: call.id, ended_at: call.ended_at, user_email };
		return { ...this.fields(call), ...more, wrap_up_time, hold_time, duration };
	}

	private fields(call: PlacedCall) {
		return {
			campaign_id: this.options.nestedIds === 'text' ? '3' : 3,
			campaign_name: 'Spring Sale',
			phone_number: call.phone_number,
			direction: 'outbound',
			disposition: this.disposition(call),
			wrap_up_code: call.wrap_up_code,
			user_name: this.users.get(call.user_id ?? 0)?.name ?? null,
			started_at: call.started_at,
			talk_time: call.duration.talk_time,
		};
	}

	private disposition({ disposition }: PlacedCall): string {
		if (this.options.dispositions === 'code') return disposition;
		return disposition.replace(/^./, (letter) => letter.toUpperCase()).replaceAll('_', ' ');
	}
}

type Key = Map<unknown, IDataObject[]>;
const byKey = (items: IDataObject[], key: string): Key => Map.groupBy(items, (item) => item[key]);

/** Every expected object must be there once, and nothing else: in this order, or found by its call. */
function differences(
	what: string,
	expected: readonly (Record<string, unknown> & { call_id?: unknown })[],
	actual: IDataObject[] | Key,
): string[] {
	const found = (index: number, id: unknown) =>
		Array.isArray(actual) ? actual.slice(index, index + 1) : (actual.get(id) ?? []);
	const wrong = expected.flatMap((each, index) => {
		const items = found(index, each.call_id);
		const [item] = items;
		return items.length === 1 && item && isSame(item, each)
			? []
			: `${what}: ${JSON.stringify(each)} came as ${JSON.stringify(items)}`;
	});
	const size = Array.isArray(actual) ? actual.length : actual.size;
	if (size === expected.length) return wrong;
	return [...wrong, `${what}: ${size} instead of ${expected.length}`];
}

function isSame(item: IDataObject, expected: Record<string, unknown>): boolean {
	return Object.entries(expected).every(([name, value]) =>
		value === IS_LINK
			? typeof item[name] === 'string' && URL.canParse(item[name])
			: isDeepStrictEqual(item[name], value),
	);
}

/** Each event that Voiso has posted started one execution, whatever it is. */
function counted(sandbox: Sandbox, ofKind: Map<string, IDataObject[]>): string[] {
	const posted = Map.groupBy(sandbox.events(), ({ sent }) => sent.event);
	return [...new Set([...posted.keys(), ...ofKind.keys()])].flatMap((event) => {
		const [there, came] = [posted.get(event)?.length ?? 0, ofKind.get(event)?.length ?? 0];
		return there === came ? [] : `${event}: ${came} executions of ${there} events`;
	});
}
