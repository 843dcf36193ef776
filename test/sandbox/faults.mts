import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { checker } from './check.mts';

/** Which requests a fault strikes, and how often. */
interface Aim {
	/** Only requests of this method. */
	method?: string;
	/** Only paths (without query) in which this regular expression is found. */
	path?: string;
	/** How many of the matching requests go by before it strikes; none when not given. */
	skip?: number;
	/** How many requests it strikes in all; no limit when not given. */
	times?: number;
	/** Share of the matching requests it strikes, 0 to 1 (default), drawn by the option `seed`. */
	rate?: number;
}

/**
 * `before` (default): the answer of a request that Voiso never worked on.
 * `after`: the answer of a request that Voiso did, with success; others are not struck.
 */
interface Timed {
	when?: 'before' | 'after';
}

/** Something that goes wrong on demand. */
export type Fault = Aim &
	(
		| ({ kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown } & Timed)
		/** The connection is reset. */
		| ({ kind: 'reset' } & Timed)
		/** No answer comes until the client gives up. */
		| ({ kind: 'hang' } & Timed)
		/** A page of a proxy; status 200 when not given. */
		| ({ kind: 'html'; status?: number } & Timed)
		/** Half of the true answer; `abrupt`: the connection ends before the announced length. */
		| { kind: 'cutOff'; abrupt?: boolean }
		/** A JSON body of 50 MB or the size given. */
		| ({ kind: 'large'; megabytes?: number } & Timed)
		/** JSON lists in lists, 100,000 deep or as given. */
		| ({ kind: 'nested'; depth?: number } & Timed)
		/** Status 302 or as given, to a host of another name that reports what it was sent. */
		| ({ kind: 'redirect'; location?: string; status?: number } & Timed)
		/** A list tells something else than the truth. */
		| { kind: 'list'; lie: ListLie }
		/** The answer comes a byte at a time, one every 5,000 ms or as given, and never ends. */
		| ({ kind: 'drip'; ms?: number; status?: number } & Timed)
		/**
		 * An error, 401 when no status is given, that repeats the API key; `escape`: written as JSON may
		 * write it, with `\/` for a slash, or with every character as `\u0041`.
		 */
		| ({ kind: 'echo'; status?: number; escape?: 'none' | 'slash' | 'unicode' } & Timed)
		/** The request is worked on later, by this many ms. */
		| { kind: 'delay'; ms: number }
	);

/**
 * How a list lies: `emptyPages`: no rows after the first page · `ignoredOffset`: always the first page ·
 * `largerTotal`: 150 more in `metadata.total` than there are · `shifting`: begins elsewhere at each reading ·
 * `endless`: always another page of new rows. A CDR list has its own switches.
 */
export type ListLie = (typeof lies)[number];

const lies = ['emptyPages', 'ignoredOffset', 'largerTotal', 'shifting', 'endless'] as const;

const status = { type: 'integer', minimum: 200, maximum: 599 };
const timed = { when: { enum: ['before', 'after'] } };
const aim = {
	method: { type: 'string' },
	path: { type: 'string', format: 'regex' },
	skip: { type: 'integer', minimum: 0 },
	times: { type: 'integer', minimum: 1 },
	rate: { type: 'number', minimum: 0, maximum: 1 },
};

/** Kind of fault → the properties it has beside the aim, and those of them that it needs. */
const kinds: Record<Fault['kind'], { properties: object; required?: string[] }> = {
	status: {
		properties: {
			...timed,
			status,
			headers: { type: 'object', additionalProperties: { type: 'string' } },
			body: {},
		},
		required: ['status'],
	},
	reset: { properties: timed },
	hang: { properties: timed },
	html: { properties: { ...timed, status } },
	cutOff: { properties: { abrupt: { type: 'boolean' } } },
	large: { properties: { ...timed, megabytes: { type: 'number', exclusiveMinimum: 0 } } },
	nested: { properties: { ...timed, depth: { type: 'integer', minimum: 1 } } },
	redirect: { properties: { ...timed, location: { type: 'string' }, status } },
	list: { properties: { lie: { enum: [...lies] } }, required: ['lie'] },
	drip: { properties: { ...timed, status, ms: { type: 'number', exclusiveMinimum: 0 } } },
	echo: { properties: { ...timed, status, escape: { enum: ['none', 'slash', 'unicode'] } } },
	delay: { properties: { ms: { type: 'number', minimum: 0 } }, required: ['ms'] },
};

const checkFault = checker('fault', {
	type: 'object',
	discriminator: { propertyName: 'kind' },
	required: ['kind'],
	oneOf: Object.entries(kinds).map(([kind, { properties, required = [] }]) => ({
		properties: { kind: { const: kind }, ...aim, ...properties },
		required,
		additionalProperties: false,
	})),
});

interface Armed {
	fault: Fault;
	skip: number;
	left: number;
	path: RegExp;
}

/** The faults that are on. */
export class Faults {
	private armed: Armed[] = [];
	private random: RandomGenerator | undefined;
	private readonly options: { seed: number };

	constructor(options: { seed: number }) {
		this.options = options;
	}

	/**
	 * Adds a fault; of those that strike a request the first decides, after all delays.
	 *
	 * @throws WrongInput when it is not a Fault, which over HTTP it need not be
	 */
	add(fault: Fault): void {
		checkFault(fault);
		this.armed.push({
			fault,
			skip: fault.skip ?? 0,
			left: fault.times ?? Infinity,
			path: new RegExp(fault.path ?? ''),
		});
	}

	/** Ends all faults; the draws of those with a rate start anew. */
	clear(): void {
		this.armed = [];
		this.random = undefined;
	}

	/** The faults that are on, with how many times they strike yet (null: no limit). */
	list(): (Fault & { left: number | null })[] {
		return this.armed.map(({ fault, left }) => ({
			...fault,
			left: Number.isFinite(left) ? left : null,
		}));
	}

	/** Draws the faults that strike a request at this point of its life: delays, and one other. */
	draw(when: 'before' | 'after', method: string, path: string): Fault[] {
		const drawn: Fault[] = [];
		for (const armed of this.armed) {
			const { fault } = armed;
			if (whenOf(fault) !== when || (fault.method?.toUpperCase() ?? method) !== method) continue;
			if (!armed.path.test(path) || armed.skip-- > 0 || !this.strikes(fault.rate ?? 1)) continue;
			armed.left--;
			drawn.push(fault);
			if (fault.kind !== 'delay') break;
		}
		this.armed = this.armed.filter(({ left }) => left > 0);
		return drawn;
	}

	private strikes(rate: number): boolean {
		if (rate >= 1) return true;
		this.random ??= xoroshiro128plus(this.options.seed);
		return uniformInt(this.random, 0, 999_999) < rate * 1_000_000;
	}
}

function whenOf(fault: Fault): 'before' | 'after' {
	if (fault.kind === 'cutOff') return 'after';
	if (fault.kind === 'delay' || fault.kind === 'list') return 'before';
	return fault.when ?? 'before';
}
