import type { ApiProblem, ProblemKind } from './problem';

// Everything that people read of this folder, by key. A snapshot shows all of it at once.

const FIND_CLUSTER_ID =
	'The cluster ID is the first part of your Voiso address, e.g. cc-ams03 in https://cc-ams03.voiso.com.';
const ENTER_CLUSTER_ID =
	'Enter the first part of your Voiso address, e.g. cc-ams03 for https://cc-ams03.voiso.com.';
const CONTACT_SUPPORT = 'If it keeps happening, contact Voiso support.';

/** Why an API key can't be used. */
export const API_KEY = {
	empty: 'The API key is empty',
	unsupportedCharacter: 'The API key contains a space or an unsupported character',
};

/** What to do about a key that can't be used. */
export const API_KEY_REMEDY =
	'Copy the key from Voiso into the Voiso API credential again. A Voiso administrator can create a new one.';

/** Why a cluster ID can't be used. */
export const CLUSTER_ID = {
	empty: () => `The cluster ID is empty. ${ENTER_CLUSTER_ID}`,
	unsupportedCharacter: () =>
		`The cluster ID contains a space or an unsupported character. ${ENTER_CLUSTER_ID}`,
	noAddress: (text: string) => `"${text}" isn't a cluster ID or an address. ${ENTER_CLUSTER_ID}`,
	noHost: (host: string) => `"${host}" isn't a host name. ${ENTER_CLUSTER_ID}`,
	withPassword: () => `The address must not contain a user name or password. ${ENTER_CLUSTER_ID}`,
	notEncrypted: (origin: string, host: string) =>
		`"${origin}" isn't encrypted, so others could read the API key. Use https://${host}.`,
};

/** Titles of the errors of a credential that can't be used. */
export const CREDENTIAL = {
	clusterId: "The cluster ID in the Voiso API credential isn't valid",
	apiKey: "The API key in the Voiso API credential isn't valid",
	otherHost: (baseUrl: string) =>
		`This credential is for ${baseUrl} only, and the request goes elsewhere. The API key was not sent. Use an address that begins with ${baseUrl}/, or a credential for the other one.`,
};

/** What the test of the credential says when all is well. */
export const CREDENTIAL_WORKS = 'Connection successful';

/** What is said about a problem. */
export interface ProblemText {
	/** What is wrong, to stand behind a colon. */
	why: string;
	/** What helps, in a few words, for where there is no room for more. */
	remedy?: string;
	/** What helps, in full. */
	details: string;
}

/** What a text needs to know of the call. */
export interface MessageContext {
	campaignId?: string;
	/** Set when the call names one user. */
	userId?: string;
	/** The scope that the call needs. */
	scope?: string;
	/** What Voiso must have enabled for the call, such as `API redial status`. */
	feature?: string;
	/** Where the call went, such as `cc-ams03.voiso.com`. */
	host: string;
}

/** Where Voiso's pages don't say how it answers when a feature is off, nor which keys open it. */
const mayBeOff = (why: string, feature: string, other: string): ProblemText => ({
	why,
	remedy: `Ask Voiso to enable ${feature}`,
	details: `Your contact center may not have ${feature}, or this API key may not be allowed to use it. ${other}`,
});

/** The text of each kind of problem. */
export const PROBLEMS: Record<
	ProblemKind,
	(problem: ApiProblem, context: MessageContext) => ProblemText
> = {
	unauthorized: ({ status }, { scope, feature }) => {
		const details =
			'The API key in the Voiso API credential may be mistyped, deleted or for another cluster. A Voiso administrator can create a new one.';
		if (feature !== undefined && scope === undefined) {
			return mayBeOff(`the API key isn't accepted (${status})`, feature, details);
		}
		return { why: "the API key isn't valid", remedy: 'Check the credential', details };
	},
	forbidden: ({ status }, { scope, feature }) => {
		const details =
			'Ask a Voiso administrator for an API key that allows it, and enter it in the Voiso API credential. Scopes are set in Voiso, where its API keys are created.';
		if (feature !== undefined && scope === undefined) {
			return mayBeOff(`Voiso doesn't allow this (${status})`, feature, details);
		}
		return {
			why: "the API key doesn't allow this",
			...(scope && { remedy: `It needs the scope ${scope}` }),
			details,
		};
	},
	notFound: ({ status }, { campaignId, userId, host, feature }) => {
		const seen = `The API key can access only its own contact center, at ${host}.`;
		if (feature !== undefined) {
			const deleted = campaignId === undefined ? '' : 'Or the campaign may have been deleted. ';
			return mayBeOff(`Voiso has nothing there (${status})`, feature, `${deleted}${seen}`);
		}
		if (campaignId !== undefined && userId !== undefined) {
			return {
				why: `there's no such campaign, or no user ${userId} in it`,
				remedy: 'Check both IDs',
				details: `One of them may have been deleted. ${seen}`,
			};
		}
		if (campaignId !== undefined) {
			return {
				why: `there's no campaign with ID ${campaignId}`,
				remedy: 'Check the ID',
				details: `The campaign may have been deleted. ${seen}`,
			};
		}
		return {
			why: `${host} has no Voiso API`,
			remedy: 'Check the cluster ID',
			details: FIND_CLUSTER_ID,
		};
	},
	methodNotAllowed: ({ status }, { host }) => ({
		why: `${host} doesn't support this request (${status})`,
		remedy: 'Check the cluster ID',
		details: FIND_CLUSTER_ID,
	}),
	conflict: (_, { campaignId }) => ({
		why: campaignId ? "its status doesn't allow this" : "the current status doesn't allow this",
		details: 'Check the status of the campaign in Voiso, and try again when it has changed.',
	}),
	invalid: () => ({
		why: "Voiso didn't accept the data",
		details: 'Fix what Voiso names, then run again.',
	}),
	refused: ({ status }) => ({
		why: `Voiso rejected the request (${status})`,
		details: 'Check the values in this node, then run again.',
	}),
	rateLimited: ({ retryAfter }) => ({
		why: 'Voiso is receiving too many requests',
		remedy: retryAfter ? `Try again in ${duration(retryAfter)}` : 'Try again later',
		details: 'Run fewer workflows against Voiso at once.',
	}),
	serverError: ({ status }) => ({
		why: `Voiso is temporarily unavailable (${status})`,
		remedy: 'Try again in a few minutes',
		details: `Your workflow is fine. ${CONTACT_SUPPORT}`,
	}),
	redirected: (_, { host }) => ({
		why: `${host} redirects elsewhere`,
		remedy: 'Check the cluster ID',
		details: `This isn't the address of a Voiso API. ${FIND_CLUSTER_ID} The API key was not sent to the other address.`,
	}),
	unreadable: (_, { host }) => ({
		why: `${host} didn't return a Voiso API response`,
		remedy: 'Check the cluster ID',
		details: `${FIND_CLUSTER_ID} If it is right, a proxy or firewall may have answered instead of Voiso, or the response was cut off or too large.`,
	}),
	incomplete: ({ rows }) => ({
		why: `Voiso's list is incomplete${rows?.total === undefined ? '' : ` (${rows.usable} of ${rows.total})`}`,
		remedy: 'Try again in a few minutes',
		details: `The list changed each time it was read, or Voiso left out a part of it. ${CONTACT_SUPPORT}`,
	}),
	endless: ({ rows: { usable = 0 } = {} }) => ({
		why: `Voiso's list doesn't end after ${usable} rows`,
		remedy: 'Use filters to read less',
		details: `Each page leads to another one. ${CONTACT_SUPPORT}`,
	}),
	unusableIds: ({ rows: { usable = 0, total = 0 } = {} }) => ({
		why: `${total - usable} of ${total} rows in Voiso's list have no valid ID`,
		remedy: 'Contact Voiso support',
		details: 'They were left out.',
	}),
	noConnection: ({ maybeApplied }, { host }) =>
		maybeApplied
			? {
					why: `the connection to ${host} broke`,
					remedy: 'Try again in a few minutes',
					details:
						'If it keeps happening, check the network, proxy and firewall between n8n and Voiso.',
				}
			: {
					why: `can't connect to ${host}`,
					remedy: 'Check the network',
					details: `The computer n8n runs on must be able to reach this address (network, proxy, firewall). ${FIND_CLUSTER_ID}`,
				},
	timedOut: (_, { host }) => ({
		why: `${host} didn't respond in time`,
		remedy: 'Try again in a few minutes',
		details: 'If it keeps happening, check the network between n8n and Voiso.',
	}),
	unknownHost: (_, { host }) => ({
		why: `can't find ${host}`,
		remedy: 'Check the cluster ID',
		details: FIND_CLUSTER_ID,
	}),
	insecure: (_, { host }) => ({
		why: `the certificate of ${host} isn't trusted`,
		remedy: 'Check the cluster ID',
		details: `${FIND_CLUSTER_ID} If it is right, a proxy may be in between whose certificate n8n doesn't know.`,
	}),
	blocked: (_, { host }) => ({
		why: `n8n blocks requests to ${host}`,
		remedy: `Set ${allowedIn(host)}`,
		details:
			'With this environment variable, your n8n administrator can allow the address. If it is the wrong address, check the cluster ID.',
	}),
	notSent: () => ({
		why: "n8n didn't send the request",
		details: 'Check the Voiso API credential, then run again.',
	}),
	stopped: () => ({
		// n8n takes an execution for one that the user stopped only if the message has this word.
		why: 'the execution was canceled',
		details: 'What was sent before it was canceled may have taken effect.',
	}),
};

/** n8n's setting that allows a host in spite of its protection against SSRF. */
function allowedIn(host: string): string {
	const isIp = /^(?:\d+(?:\.\d+){3}|\[.+\])(?::\d+)?$/.test(host);
	return isIp ? 'N8N_SSRF_ALLOWED_IP_RANGES' : 'N8N_SSRF_ALLOWED_HOSTNAMES';
}

function duration(milliseconds: number): string {
	const seconds = Math.ceil(milliseconds / 1000);
	if (seconds < 120) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
	const minutes = Math.ceil(seconds / 60);
	return minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
