import type { HttpResult } from '../../nodes/shared/api/http.ts';
import {
	BUSY_ANSWERS,
	HOSTILE_REJECTIONS,
	HOSTILE_SUCCESSES,
	RETRY_AFTERS,
	STATE_ANSWERS,
	UNCLEAR_ANSWERS,
	type Wording,
} from './wordings.mts';

/**
 * What an exchange means to the one who made the call, by the rules of the API and not by the
 * code under test:
 *
 * - acknowledged: the lists of numbers arrived
 * - busy: for sure nothing happened, and another try is right
 * - lost: it may have happened, and another try is right
 * - refused: one of the leads is to blame
 * - final: no further call makes sense for this campaign; finalForAll: for no campaign
 * - canceled: the execution was stopped meanwhile
 */
export type Meaning =
	'acknowledged' | 'busy' | 'lost' | 'refused' | 'final' | 'finalForAll' | 'canceled';

/** How an exchange ends that never does by itself: with nothing at all, or with a response byte by byte. */
interface Endless {
	kind: 'endless';
	drips: boolean;
}

/** An exchange before it is put into the form of n8n's request helpers. */
export interface Reply {
	exchange: HttpResult | Endless;
	headers?: Record<string, string | undefined>;
	meaning: Meaning;
	/** ms that the answer asks to wait. */
	retryAfter?: number;
	/** Whether it is a success that names no number. */
	isSilent?: boolean;
}

/** Turns an HTTP answer into a reply; `header` is a `Retry-After`. */
export type Compose = (answer: Wording, meaning: Meaning, header?: string, wait?: number) => Reply;

/** A change of the world that lasts. */
export type Turn = 'campaignStopped' | 'campaignDeleted' | 'keyRevoked' | 'keyForbidden';

/** What strikes one call. */
export type Strike =
	/** Voiso never sees the call. `after` ms go by. */
	| { at: 'connection'; reply: () => Reply; after: number }
	/** An answer instead of Voiso's, before anything has happened. */
	| { at: 'before'; reply: Reply }
	/** The world changes, then Voiso answers. */
	| { at: 'turn'; turn: Turn; variant: number }
	/** Voiso does what it is asked; then this reply takes the place of its own. */
	| { at: 'after'; reply: Reply }
	/** Voiso does what it is asked, `after` ms later than usual. */
	| { at: 'slow'; after: number };

const FAULT_STATUSES = [500, 502, 503, 504] as const;
const HTML = '<!doctype html><html><body><h1>Please come back later</h1></body></html>';

const endless = (drips: boolean): Reply => ({
	exchange: { kind: 'endless', drips },
	meaning: 'lost',
});
const silence = (code: string, meaning: Meaning): Reply => ({
	exchange: { kind: 'networkError', code },
	meaning,
});
const page = (status: number): Reply => ({
	exchange: { kind: 'response', status, body: HTML },
	meaning: 'lost',
});
const pick = <T,>(from: readonly T[], variant: number): T => {
	const chosen = from[variant % from.length];
	if (chosen === undefined) throw new RangeError('There is nothing to choose from');
	return chosen;
};
const serverError = (variant: number): Reply => {
	const status = pick(FAULT_STATUSES, variant);
	const body = variant % 2 === 0 ? '' : '{"error":"Internal Server Error"}';
	return { exchange: { kind: 'response', status, body }, meaning: 'lost' };
};

/** What a fault draws on. */
export interface FaultContext {
	variant: number;
	/** Virtual ms since the epoch. */
	epoch: number;
	compose: Compose;
	/** Whether Voiso has answered this execution by now: then a missing name is a passing fault. */
	isReached: () => boolean;
}

function rateLimited({ variant, epoch, compose }: FaultContext): Strike {
	const { header, ms } = pick(RETRY_AFTERS, variant);
	const answer = { status: 429, body: { error: 'Too many requests' } };
	return { at: 'before', reply: compose(answer, 'busy', header(epoch), ms(epoch)) };
}

/** Every kind of fault. */
export const FAULTS = {
	none: () => null,
	slow: () => ({ at: 'slow', after: 20_000 }),
	busy: ({ variant, compose }) => {
		const answer = pick(BUSY_ANSWERS, variant);
		return { at: 'before', reply: compose(answer, answer.status >= 500 ? 'lost' : 'busy') };
	},
	rateLimited,
	unclear: ({ variant, compose }) => ({
		at: 'before',
		reply: compose(pick(UNCLEAR_ANSWERS, variant), 'busy'),
	}),
	serverErrorBefore: ({ variant }) => ({ at: 'before', reply: serverError(variant) }),
	serverErrorAfter: ({ variant }) => ({ at: 'after', reply: serverError(variant) }),
	htmlBefore: ({ variant }) => ({ at: 'before', reply: page(pick([200, 502], variant)) }),
	htmlAfter: ({ variant }) => ({ at: 'after', reply: page(pick([200, 502], variant)) }),
	cutOff: ({ variant }) => ({
		at: 'after',
		reply: {
			exchange: {
				kind: 'response',
				status: 200,
				body: '{"leads_import":{"created":["4479110'.slice(0, 2 + (variant % 30)),
			},
			meaning: 'lost',
		},
	}),
	/** A success without a body. */
	emptySuccess: ({ variant, compose }) => ({
		at: 'after',
		reply: {
			...compose({ status: pick([200, 201, 202, 204], variant), body: '' }, 'acknowledged'),
			isSilent: true,
		},
	}),
	hostileSuccess: ({ variant, compose }) => ({
		at: 'after',
		reply: {
			...compose({ status: 200, body: pick(HOSTILE_SUCCESSES, variant) }, 'acknowledged'),
			isSilent: true,
		},
	}),
	hostileRejection: ({ variant, compose }) => ({
		at: 'before',
		reply: compose(pick(HOSTILE_REJECTIONS, variant), 'busy'),
	}),
	resetBefore: ({ variant }) => ({
		at: 'connection',
		reply: () => silence(pick(['ECONNRESET', 'EPIPE', 'UNKNOWN'], variant), 'lost'),
		after: 30,
	}),
	resetAfter: ({ variant }) => ({
		at: 'after',
		reply: silence(pick(['ECONNRESET', 'EPIPE', 'ERR_BAD_RESPONSE'], variant), 'lost'),
	}),
	connectionRefused: ({ variant }) => ({
		at: 'connection',
		reply: () => silence(pick(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'], variant), 'busy'),
		after: 5,
	}),
	hangBefore: () => ({ at: 'before', reply: endless(false) }),
	hangAfter: () => ({ at: 'after', reply: endless(false) }),
	dripBefore: () => ({ at: 'before', reply: endless(true) }),
	dripAfter: () => ({ at: 'after', reply: endless(true) }),
	dnsFailsForNow: () => ({ at: 'connection', reply: () => silence('EAI_AGAIN', 'busy'), after: 5 }),
	dnsHasNoName: ({ isReached }) => ({
		at: 'connection',
		reply: () => silence('ENOTFOUND', isReached() ? 'busy' : 'finalForAll'),
		after: 5,
	}),
	tls: ({ variant }) => ({
		at: 'connection',
		reply: () =>
			silence(
				pick(
					['CERT_HAS_EXPIRED', 'SELF_SIGNED_CERT_IN_CHAIN', 'ERR_TLS_CERT_ALTNAME_INVALID'],
					variant,
				),
				'finalForAll',
			),
		after: 40,
	}),
	redirect: ({ compose }) => ({
		at: 'before',
		reply: compose({ status: 302, body: '' }, 'finalForAll'),
	}),
	stopCampaign: ({ variant }) => ({ at: 'turn', turn: 'campaignStopped', variant }),
	deleteCampaign: ({ variant }) => ({ at: 'turn', turn: 'campaignDeleted', variant }),
	revokeKey: ({ variant }) => ({ at: 'turn', turn: 'keyRevoked', variant }),
	forbidKey: ({ variant }) => ({ at: 'turn', turn: 'keyForbidden', variant }),
} satisfies Record<string, (context: FaultContext) => Strike | null>;

export type FaultKind = keyof typeof FAULTS;
export const FAULT_KINDS = Object.keys(FAULTS) as FaultKind[];

/** Faults after which nothing is as before: no delivery can be expected. */
export const LASTING: ReadonlySet<FaultKind> = new Set<FaultKind>([
	'dnsHasNoName',
	'tls',
	'redirect',
	'stopCampaign',
	'deleteCampaign',
	'revokeKey',
	'forbidKey',
]);

export function stateAnswer(variant: number): Wording {
	return pick(STATE_ANSWERS, variant);
}
