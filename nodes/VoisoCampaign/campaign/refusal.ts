import { statusOf } from '../../shared/api/campaigns';
import {
	campaignInWords,
	explain,
	type RequestContext,
	type Explanation,
} from '../../shared/api/explain';
import type { Row } from '../../shared/api/pages';
import type { ApiProblem } from '../../shared/api/problem';
import { isTransitional } from '../../shared/campaign/statuses';
import type { Action } from './actions';

/** A campaign whose status could not be changed, or not as asked: why, and what to do. */
export interface Refusal {
	explanation: Explanation;
	/** HTTP status of the answer that decided it. */
	status?: number;
}

const DONE: Record<Action['name'], string> = { start: 'started', pause: 'paused', stop: 'stopped' };

/** Voiso does not do it, because of the status that the campaign has or of what it lacks. */
export function refused(
	action: Action,
	about: RequestContext,
	problem: ApiProblem,
	campaign: Row,
): Refusal {
	const status = statusOf(campaign) || 'not known';
	const apiMessage = problem.apiMessage === '' ? '' : ` Voiso says: ${problem.apiMessage}`;
	const description = isTransitional(status)
		? `The status ${status} passes by itself. Run it again in a moment, or switch on the option Wait for Status.`
		: action.condition;
	return withStatus(
		{
			message: `Could not ${action.name} ${inWords(about)}, whose status is ${status}.${apiMessage}`,
			description,
		},
		problem,
	);
}

/** Voiso does not do it, and the key may not look at the status to say more. */
export function refusedUnseen(action: Action, about: RequestContext, problem: ApiProblem): Refusal {
	const { message } = explain({ ...problem, kind: 'conflict' }, about);
	const description = `${action.condition} To say more, and to let a campaign pass that is already ${DONE[action.name]}, this needs an API key with the scope campaigns.read too.`;
	return withStatus({ message, description }, problem);
}

/** The campaign is where it should be, and the user wants that to be a failure. */
export function alreadyThere(action: Action, about: RequestContext, campaign: Row): Refusal {
	return {
		explanation: {
			message: `Could not ${action.name} ${inWords(about)}: it is ${statusOf(campaign)} already`,
			description:
				'To let such campaigns pass as done, set the option If Already in That Status to Succeed.',
		},
		status: 409,
	};
}

/** Voiso accepted it, but the status did not follow within the time given. */
export function notInTime(
	action: Action,
	about: RequestContext,
	status: string,
	seconds: number,
): Refusal {
	return {
		explanation: {
			message: `Voiso accepted to ${action.name} ${inWords(about)}, but after ${seconds} seconds its status is ${status || 'not known'}`,
			description:
				'Raise the option Wait Timeout, or read the campaign later with the operation Get.',
		},
	};
}

/** Voiso accepted it, but the campaign went somewhere else. */
export function wentElsewhere(action: Action, about: RequestContext, status: string): Refusal {
	return {
		explanation: {
			message: `Voiso accepted to ${action.name} ${inWords(about)}, but its status is ${status} now`,
			description: `Somebody may have changed it in Voiso at the same time. ${action.condition}`,
		},
	};
}

/** Voiso accepted it, but the status cannot be read. */
export function notFollowed(action: Action, about: RequestContext, problem: ApiProblem): Refusal {
	const doing = 'follow the status of';
	const { message, description } = explain(problem, {
		...about,
		action: doing,
		scope: 'campaigns.read',
	});
	return withStatus(
		{
			message: `Voiso accepted to ${action.name} it, but: ${message}`,
			description: `${description} Without the option Wait for Status this is not needed.`,
		},
		problem,
	);
}

/** The call itself failed. */
export function failed(about: RequestContext, problem: ApiProblem): Refusal {
	return withStatus(explain(problem, about), problem);
}

function inWords({ campaignId = '', campaignName }: RequestContext): string {
	return campaignInWords(campaignId, campaignName);
}

function withStatus(explanation: Explanation, { status }: ApiProblem): Refusal {
	return { explanation, ...(status !== undefined && { status }) };
}
