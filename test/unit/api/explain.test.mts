import type { INode } from 'n8n-workflow';
import { describe, expect, test } from 'vitest';
import { explain, toNodeError, type RequestContext } from '../../../nodes/shared/api/explain.ts';
import type { ApiProblem, ProblemKind } from '../../../nodes/shared/api/problem.ts';

const problem = (kind: ProblemKind, more: Partial<ApiProblem> = {}): ApiProblem => ({
	kind,
	apiMessage: '',
	fields: {},
	maybeApplied: false,
	...more,
});
const about: RequestContext = {
	action: 'start',
	campaignId: '3',
	campaignName: 'Spring Sale',
	scope: 'campaigns.manage',
	host: 'cc-ams03.voiso.com',
};
const node: INode = {
	id: '1',
	name: 'Voiso',
	type: 'voisoCampaign',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const kinds: ProblemKind[] = [
	'unauthorized',
	'forbidden',
	'notFound',
	'methodNotAllowed',
	'conflict',
	'invalid',
	'refused',
	'rateLimited',
	'serverError',
	'redirected',
	'unreadable',
	'noConnection',
	'timedOut',
	'unknownHost',
	'insecure',
	'stopped',
];

describe.each(kinds)('%s', (kind) => {
	const { message, description } = explain(problem(kind, { status: 500 }), about);

	test('says what was being done to which campaign, and what helps', () => {
		expect(message).toMatch(/^Could not start campaign "Spring Sale" \(ID 3\): \S/);
		expect(description.length).toBeGreaterThan(20);
	});

	test('is free of jargon', () => {
		expect(`${message} ${description}`).not.toMatch(
			/HTTP|JSON|ECONN|ENOTFOUND|DNS|TLS|undefined|null|\bobject\b/,
		);
	});
});

test.each([
	['unauthorized', /does not accept the API key/, /API key in the Voiso API credential/],
	['forbidden', /lacks the scope campaigns\.manage/, /with the scope campaigns\.manage/],
	['notFound', /no campaign with the ID 3/, /Choose the campaign from the list, or check its ID/],
	['rateLimited', /too many requests and asks to wait 90 seconds/, /fewer workflows/],
	['serverError', /problem of its own \(status 503\)/, /Nothing in the workflow has to change/],
	['redirected', /sends to another address/, /key was not sent to the other address/],
	['unknownHost', /no address cc-ams03\.voiso\.com/, /Check the cluster ID/],
	['noConnection', /no connection to cc-ams03\.voiso\.com/, /network, proxy, firewall/],
	['timedOut', /did not answer in time/, /Check the network/],
	['insecure', /certificate cannot be trusted/, /Check the cluster ID/],
	['unreadable', /not one of the Voiso API/, /proxy or firewall/],
] as const)('%s is explained', (kind, message, description) => {
	const explanation = explain(problem(kind, { status: 503, retryAfter: 89_500 }), about);
	expect(explanation.message).toMatch(message);
	expect(explanation.description).toMatch(description);
});

test('passes on what Voiso says, unless it only names the status', () => {
	const apiMessage = 'status: must be active';
	expect(explain(problem('conflict', { apiMessage }), about).message).toContain(
		`Voiso says: ${apiMessage}`,
	);
	expect(
		explain(problem('unauthorized', { apiMessage: 'Unauthorized' }), about).message,
	).not.toContain('Voiso says');
});

test('names the user when one is not found', () => {
	const { message } = explain(problem('notFound'), { ...about, userId: '5' });
	expect(message).toContain('no user 5 in it');
});

test('without a campaign, nothing found is about the address', () => {
	const { host } = about;
	const { message } = explain(problem('notFound'), { action: 'list the campaigns', host });
	expect(message).toBe('Could not list the campaigns: cc-ams03.voiso.com has no Voiso API');
});

test('becomes an error whose words n8n does not replace', () => {
	const error = toNodeError(
		node,
		problem('conflict', { status: 409, apiMessage: 'ECONNREFUSED' }),
		{ ...about, campaignName: 'Superman ENOENT' },
		4,
	);
	expect(error).toMatchObject({
		name: 'NodeApiError',
		httpCode: '409',
		context: { itemIndex: 4 },
		message: expect.stringMatching(/^Could not start campaign "Superman ENOENT" \(ID 3\)/),
	});
	expect(error.cause).toBeUndefined();
});
