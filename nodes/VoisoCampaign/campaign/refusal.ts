import { statusOf } from '../../shared/api/campaigns';
import {
	campaignInWords,
	explain,
	MAX_TITLE,
	sentence,
	type Explanation,
	type RequestContext,
} from '../../shared/api/explain';
import type { Row } from '../../shared/api/pages';
import type { ApiProblem } from '../../shared/api/problem';
import { isTransitional } from '../../shared/campaign/statuses';
import { shorten } from '../../shared/text';
import { actions, AUTO_PAUSED, type Action } from './actions';

/** A campaign whose status could not be changed, or not as asked: why, and what to do. */
export interface Refusal {
	explanation: Explanation;
	/** HTTP status of the response that decided it. */
	status?: number;
}

/** Voiso does not do it, because of the status that the campaign has or of what it lacks. */
export function refused(
	action: Action,
	context: RequestContext,
	problem: ApiProblem,
	campaign: Row,
): Refusal {
	const status = statusOf(campaign);
	const apiMessage = sentence(problem.apiMessage);
	// Where its status allows it, something else is missing, such as a lead.
	const isAboutStatus = !action.from.includes(status) || 'status' in problem.fields;
	const isStatusNamed = isAboutStatus || problem.apiMessage === '';
	const why = isStatusNamed ? `its status is ${status || 'unknown'}` : problem.apiMessage;
	return withStatus(
		{
			message: shorten(`Can't ${action.name} ${inWords(context)}: ${why}`, MAX_TITLE),
			description: `${problem.apiMessage === '' ? '' : `Voiso says: ${apiMessage} `}${remedy(action, status)}`,
		},
		problem,
	);
}

function remedy(action: Action, status: string): string {
	if (action === actions.pause && AUTO_PAUSED.includes(status)) {
		return "Only an active campaign can be paused. This one paused itself and will resume automatically. To keep it from calling, remove its users. To let such campaigns pass as done, set 'If Auto Paused' to Succeed.";
	}
	if (!isTransitional(status)) return action.condition;
	return `The status ${status} is temporary. Run it again in a moment, or turn on 'Wait for Status'.`;
}

/** Voiso does not do it, and the key may not read the status to say more. */
export function refusedUnseen(
	action: Action,
	context: RequestContext,
	problem: ApiProblem,
): Refusal {
	const { message } = explain({ ...problem, kind: 'conflict' }, context);
	const description = `${action.condition} To see its status, and to accept a campaign that is already ${action.done}, the API key needs the scope campaigns.read too.`;
	return withStatus({ message, description }, problem);
}

/** The campaign is where it should be, and the user wants that to be a failure. */
export function alreadyThere(action: Action, context: RequestContext, campaign: Row): Refusal {
	return {
		explanation: {
			message: `Can't ${action.name} ${inWords(context)}: it is already ${statusOf(campaign)}`,
			description:
				"To let such campaigns pass as done, set 'If Already in That Status' to Succeed.",
		},
		status: 409,
	};
}

/** Voiso accepted it, but the status did not follow within the time given. */
export function notInTime(
	action: Action,
	context: RequestContext,
	campaign: Row | undefined,
	seconds: number,
): Refusal {
	const status = (campaign && statusOf(campaign)) || 'unknown';
	const time = seconds === 1 ? '1 second' : `${seconds} seconds`;
	return {
		explanation: {
			message: `${capital(inWords(context))} wasn't ${action.done} within ${time}`,
			description: `Voiso accepted the request to ${action.name} it, but after ${time} its status is ${status}. Increase 'Wait Timeout', or read the campaign later with the operation Get.`,
		},
	};
}

/** Voiso accepted it, but the campaign went somewhere else. */
export function wentElsewhere(action: Action, context: RequestContext, campaign: Row): Refusal {
	const status = statusOf(campaign);
	return {
		explanation: {
			message: `${capital(inWords(context))} wasn't ${action.done}: its status is ${status}`,
			description: `Voiso accepted the request to ${action.name} it, but its status is ${status} now. Somebody may have changed it in Voiso at the same time. ${action.condition}`,
		},
	};
}

/** Voiso accepted it, but the status can't be read. */
export function notFollowed(action: Action, context: RequestContext, problem: ApiProblem): Refusal {
	const { message, description } = explain(problem, {
		...context,
		action: 'follow the status of',
		scope: 'campaigns.read',
	});
	return withStatus(
		{
			message,
			description: `Voiso accepted the request to ${action.name} it. ${description} Without 'Wait for Status' this isn't needed.`,
		},
		problem,
	);
}

/** The call itself failed. */
export function failed(context: RequestContext, problem: ApiProblem): Refusal {
	return withStatus(explain(problem, context), problem);
}

function inWords({ campaignId = '', campaignName }: RequestContext): string {
	return campaignInWords(campaignId, campaignName);
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

function withStatus(explanation: Explanation, { status }: ApiProblem): Refusal {
	return { explanation, ...(status !== undefined && { status }) };
}
