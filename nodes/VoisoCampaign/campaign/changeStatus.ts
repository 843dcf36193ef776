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
import type { ApiProblem } from '../../shared/api/problem';
import { request } from '../../shared/api/request';
import type { ChosenCampaign } from '../../shared/campaign/resolver';
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
import { isTransitional } from '../../shared/campaign/statuses';
import type { Action } from './actions';

export interface ChangeOptions {
	/** What a campaign means that is already where it should be. */
	ifAlready: 'succeed' | 'fail';
	/** Seconds to wait until the status is reached; 0 to take what Voiso answers at once. */
	waitTimeout: number;
}

/** The campaign afterwards, and whether this call changed it; or why it did not work. */
export type Change =
	| { ok: true; campaign: Row; changed: boolean }
	| { ok: false; refusal: Refusal };

interface Job {
	connection: Connection;
	action: Action;
	campaignId: string;
	about: RequestContext;
	options: ChangeOptions;
	/** On the connection's clock. */
	deadline: number;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;
const PAUSE_GROWTH = 1.5;

/**
 * Starts, pauses or stops a campaign.
 *
 * Voiso refuses with 409 what the status does not allow, a campaign that is already where it should be
 * included. Its status then decides: done, under way, to be tried again after the transition that is
 * going on if that is to be waited for, or really refused. A call whose answer was lost is sent again, which is harmless for the
 * same reason.
 */
export async function changeStatus(
	connection: Connection,
	action: Action,
	{ id, name }: ChosenCampaign,
	options: ChangeOptions,
): Promise<Change> {
	const about: RequestContext = {
		action: action.name,
		campaignId: id,
		...(name !== undefined && { campaignName: name }),
		scope: 'campaigns.manage',
		host: connection.host,
	};
	const deadline = connection.clock.now() + options.waitTimeout * 1000;
	const job: Job = { connection, action, campaignId: id, about, options, deadline };
	return await attempt(job);
}

/** @param isLast whether to take a refusal as it is, instead of waiting for a better moment */
async function attempt(job: Job, isLast = job.options.waitTimeout === 0): Promise<Change> {
	const { connection, action, campaignId, about } = job;
	const path = `${campaignPath(campaignId)}/${action.name}`;
	const result = await request(connection, { method: 'POST', path }, { idempotent: true });
	if (result.ok) return await follow(job, campaignIn(result.body), true);
	if (!isRefusal(result.problem)) return no(failed(about, result.problem));
	return await lookInto(job, result.problem, result.retried, isLast);
}

/** Whether Voiso understood and said no: 409 as documented, or 422. */
function isRefusal({ kind }: ApiProblem): boolean {
	return kind === 'conflict' || kind === 'invalid';
}

/** @param repeated whether the refusal may be the answer to a change that had already been made */
async function lookInto(
	job: Job,
	problem: ApiProblem,
	repeated: boolean,
	isLast: boolean,
): Promise<Change> {
	const { connection, action, options } = job;
	const look = await readCampaign(connection, job.campaignId);
	if (!look.ok) {
		return look.problem.kind === 'forbidden'
			? no(refusedUnseen(action, job.about, problem))
			: no(failed(job.about, look.problem));
	}
	const { campaign } = look;
	const about = named(job.about, campaign);
	const status = statusOf(campaign);
	const isOurs = repeated && (isTransitional(status) || action.beyond.includes(status));
	if (isOurs || [...action.reached, ...action.underWay].includes(status)) {
		if (options.ifAlready === 'fail' && !repeated) return no(alreadyThere(action, about, campaign));
		return await follow(job, campaign, repeated);
	}
	if (isLast || !isTransitional(status)) return no(refused(action, about, problem, campaign));

	const end = await watch(job, campaign, (current) => !isTransitional(current));
	if (end.kind === 'there') return await attempt(job, true);
	return end.kind === 'late'
		? no(refused(action, about, problem, end.campaign ?? campaign))
		: no(failed(about, end.problem));
}

/** Waits for the status that the action leads to, if that is wanted. */
async function follow(job: Job, known: Row | undefined, changed: boolean): Promise<Change> {
	const { action, options, connection, campaignId } = job;
	if (options.waitTimeout === 0) {
		if (known && statusOf(known) !== '') return { ok: true, campaign: known, changed };
		const look = await readCampaign(connection, campaignId);
		// The status is a courtesy here; without the right to read, the rest of the answer has to do.
		const campaign = look.ok ? look.campaign : { id: campaignId, status: null, ...known };
		return { ok: true, campaign, changed };
	}
	const isThere = (status: string) => [...action.reached, ...action.beyond].includes(status);
	const end = await watch(
		job,
		known,
		(status) => isThere(status) || action.deadEnds.includes(status),
	);
	if (end.kind === 'problem') return no(notFollowed(action, job.about, end.problem));
	if (end.kind === 'late') {
		const about = end.campaign ? named(job.about, end.campaign) : job.about;
		const status = end.campaign ? statusOf(end.campaign) : '';
		return no(notInTime(action, about, status, options.waitTimeout));
	}
	if (isThere(statusOf(end.campaign))) return { ok: true, campaign: end.campaign, changed };
	return no(wentElsewhere(action, named(job.about, end.campaign), statusOf(end.campaign)));
}

type Watched =
	| { kind: 'there'; campaign: Row }
	| { kind: 'late'; campaign: Row | undefined }
	| { kind: 'problem'; problem: ApiProblem };

/** Reads the campaign again and again, at growing intervals, until its status is one of those wanted. */
async function watch(
	{ connection, campaignId, deadline }: Job,
	known: Row | undefined,
	isWanted: (status: string) => boolean,
): Promise<Watched> {
	const { clock, signal } = connection;
	let campaign = known;
	for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * PAUSE_GROWTH, LONGEST_PAUSE)) {
		if (campaign && isWanted(statusOf(campaign))) return { kind: 'there', campaign };
		const left = deadline - clock.now();
		if (left <= 0) return { kind: 'late', campaign };
		if (!(await clock.sleep(Math.ceil(Math.min(pause, left)), signal))) {
			return { kind: 'problem', problem: STOPPED };
		}
		const look = await readCampaign(connection, campaignId);
		if (!look.ok) return { kind: 'problem', problem: look.problem };
		campaign = look.campaign;
	}
}

const STOPPED: ApiProblem = { kind: 'stopped', apiMessage: '', fields: {}, maybeApplied: true };

function named(about: RequestContext, campaign: Row): RequestContext {
	const name = nameOf(campaign);
	return name === '' ? about : { ...about, campaignName: name };
}

function no(refusal: Refusal): Change {
	return { ok: false, refusal };
}
