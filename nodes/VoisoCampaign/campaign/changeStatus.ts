import {
	campaignIn,
	campaignPath,
	nameOf,
	readCampaign,
	statusOf,
} from '../../shared/api/campaigns';
import type { Connection } from '../../shared/api/connection';
import type { RequestContext } from '../../shared/api/explain';
import type { Row } from '../../shared/api/pages';
import {
	isObjectOrNothing,
	problemWithoutResponse,
	type ApiProblem,
} from '../../shared/api/problem';
import { request } from '../../shared/api/request';
import type { ChosenCampaign } from '../../shared/campaign/resolver';
import { isTransitional } from '../../shared/campaign/statuses';
import type { Result } from '../../shared/result';
import { actions, AUTO_PAUSED, type Action } from './actions';
import {
	alreadyThere,
	failed,
	notFollowed,
	notInTime,
	refused,
	refusedUnseen,
	wentElsewhere,
	type Refusal,
} from './refusal';

export interface ChangeOptions {
	/** What a campaign means that is already where it should be. */
	ifAlready: 'succeed' | 'fail';
	/** What a campaign means that can't be paused because it has paused itself. */
	ifAutoPaused: 'succeed' | 'fail';
	/** Seconds to wait until the status is reached; 0 to take what Voiso answers at once. */
	waitTimeout: number;
}

export type Change = Result<
	{
		/** As Voiso's last response has it: all fields, or the few that an action answers. */
		campaign: Row;
		/** As it was before. Undefined when the API key may not read it. */
		before: Row | undefined;
		/** Whether this call changed it. */
		changed: boolean;
	},
	{ refusal: Refusal }
>;

/** What the steps below share. */
interface Changing {
	connection: Connection;
	action: Action;
	campaignId: string;
	context: RequestContext;
	options: ChangeOptions;
	/** On the connection's clock. */
	deadline: number;
	before: Row | undefined;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;
const PAUSE_GROWTH = 1.5;

/**
 * Starts, pauses or stops a campaign.
 *
 * Voiso refuses with 409 what the status does not allow, a campaign that is already where it should be
 * included. Its status then decides: done, in progress, to be tried again after the transition that is
 * going on if that is to be waited for, or really refused. A call whose response was lost is sent again,
 * which is harmless for the same reason.
 *
 * @see https://developers.voiso.com (v4, Campaigns: start, pause, stop)
 */
export async function changeStatus(
	connection: Connection,
	action: Action,
	{ id, name }: ChosenCampaign,
	options: ChangeOptions,
): Promise<Change> {
	const deadline = connection.clock.now() + options.waitTimeout * 1000;
	const read = await readCampaign(connection, id);
	const before = read.ok ? read.campaign : undefined;
	const campaignName = (before && nameOf(before)) || name;
	const context: RequestContext = {
		action: action.name,
		campaignId: id,
		...(campaignName !== undefined && { campaignName }),
		scope: 'campaigns.manage',
		host: connection.host,
	};
	// A key that may only manage campaigns has to do without.
	if (!read.ok && read.problem.kind !== 'forbidden') return no(failed(context, read.problem));
	const changing: Changing = {
		connection,
		action,
		campaignId: id,
		context,
		options,
		deadline,
		before,
	};
	return await attempt(changing);
}

/** @param isLast whether to take a refusal as it is, instead of waiting for a better moment */
async function attempt(
	changing: Changing,
	isLast = changing.options.waitTimeout === 0,
): Promise<Change> {
	const { connection, action, campaignId, context, options, before } = changing;
	const path = `${campaignPath(campaignId)}/${action.name}`;
	const result = await request(
		connection,
		{ method: 'POST', path },
		{ idempotent: true, isExpected: isObjectOrNothing },
	);
	if (!result.ok) {
		if (!isRefusal(result.problem)) return no(failed(context, result.problem));
		return await resolveConflict(changing, result.problem, result.retried, isLast);
	}
	const campaign = campaignIn(result.body);
	// Nothing in Voiso's documentation says that it refuses to do what is done already.
	const wasThere = before !== undefined && action.reached.includes(statusOf(before));
	if (!wasThere || !campaign || statusOf(campaign) !== statusOf(before)) {
		return await awaitStatus(changing, campaign, true);
	}
	if (options.ifAlready === 'fail') return no(alreadyThere(action, context, before));
	return { ok: true, campaign, before, changed: false };
}

/** Whether Voiso understood and said no: 409 as documented, or 422. */
function isRefusal({ kind }: ApiProblem): boolean {
	return kind === 'conflict' || kind === 'invalid';
}

/** @param retried whether the refusal may be the answer to a change that had already been made */
async function resolveConflict(
	changing: Changing,
	problem: ApiProblem,
	retried: boolean,
	isLast: boolean,
): Promise<Change> {
	const { connection, action, options, context } = changing;
	const read = await readCampaign(connection, changing.campaignId);
	if (!read.ok) {
		return read.problem.kind === 'forbidden'
			? no(refusedUnseen(action, context, problem))
			: no(failed(context, read.problem));
	}
	const { campaign } = read;
	const status = statusOf(campaign);
	// It may have changed since it was read.
	const current = { ...changing, before: campaign };
	const isOurs = retried && (isTransitional(status) || action.passed.includes(status));
	if (isOurs || [...action.reached, ...action.inProgress].includes(status)) {
		if (options.ifAlready === 'fail' && !retried) {
			return no(alreadyThere(action, context, campaign));
		}
		return await awaitStatus(retried ? changing : current, campaign, retried);
	}
	if (isAcceptable(changing, status)) {
		return { ok: true, campaign, before: campaign, changed: false };
	}
	if (isLast || !isTransitional(status)) return no(refused(action, context, problem, campaign));

	const end = await pollStatus(changing, campaign, (each) => !isTransitional(each));
	if (end.kind === 'there') return await attempt({ ...changing, before: end.campaign }, true);
	return end.kind === 'late'
		? no(refused(action, context, problem, end.campaign ?? campaign))
		: no(failed(context, end.problem));
}

/** Whether a campaign that has paused itself will do for one that was to be paused. */
function isAcceptable({ action, options }: Changing, status: string): boolean {
	const isPause = action === actions.pause;
	return isPause && options.ifAutoPaused === 'succeed' && AUTO_PAUSED.includes(status);
}

/** Waits for the status that the action leads to, if that is wanted. */
async function awaitStatus(
	changing: Changing,
	known: Row | undefined,
	changed: boolean,
): Promise<Change> {
	const { action, options, connection, campaignId, context, before } = changing;
	if (options.waitTimeout === 0) {
		if (known && statusOf(known) !== '') return { ok: true, campaign: known, before, changed };
		const read = await readCampaign(connection, campaignId);
		// The status is an extra here; without the right to read, the rest of the response has to do.
		const campaign = read.ok ? read.campaign : { id: campaignId, status: null, ...known };
		return { ok: true, campaign, before, changed };
	}
	const isThere = (status: string) =>
		[...action.reached, ...action.passed].includes(status) || isAcceptable(changing, status);
	const end = await pollStatus(
		changing,
		known,
		(status) => isThere(status) || action.unreachableFrom.includes(status),
	);
	if (end.kind === 'problem') return no(notFollowed(action, context, end.problem));
	if (end.kind === 'late') {
		return no(notInTime(action, context, end.campaign, options.waitTimeout));
	}
	const { campaign } = end;
	if (isThere(statusOf(campaign))) return { ok: true, campaign, before, changed };
	return no(wentElsewhere(action, context, campaign));
}

type Polled =
	| { kind: 'there'; campaign: Row }
	| { kind: 'late'; campaign: Row | undefined }
	| { kind: 'problem'; problem: ApiProblem };

/** Reads the campaign again and again, at growing intervals, until its status is one of those wanted. */
async function pollStatus(
	{ connection, campaignId, deadline }: Changing,
	known: Row | undefined,
	isWanted: (status: string) => boolean,
): Promise<Polled> {
	const { clock, signal } = connection;
	let campaign = known;
	for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * PAUSE_GROWTH, LONGEST_PAUSE)) {
		if (campaign && isWanted(statusOf(campaign))) return { kind: 'there', campaign };
		const left = deadline - clock.now();
		if (left <= 0) return { kind: 'late', campaign };
		if (!(await clock.sleep(Math.ceil(Math.min(pause, left)), signal))) {
			return { kind: 'problem', problem: problemWithoutResponse('stopped', true) };
		}
		const read = await readCampaign(connection, campaignId);
		if (!read.ok) return { kind: 'problem', problem: read.problem };
		campaign = read.campaign;
	}
}

function no(refusal: Refusal): Change {
	return { ok: false, refusal };
}
