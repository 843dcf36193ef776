import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	asOneText,
	explain,
	explainCredential,
	toNodeError,
	type RequestContext,
} from '../../../nodes/shared/api/explain.ts';
import * as messages from '../../../nodes/shared/api/messages.ts';
import type { ApiProblem, ProblemKind } from '../../../nodes/shared/api/problem.ts';
import { node, problem } from '../fixtures.mts';

const host = 'cc-ams03.voiso.com';
const about: RequestContext = {
	action: 'start',
	campaignId: '3',
	campaignName: 'Spring Sale',
	scope: 'campaigns.manage',
	host,
};
const kinds = Object.keys(messages.PROBLEMS) as ProblemKind[];
const textOf = (kind: ProblemKind, more: Partial<ApiProblem> = {}, context = about) =>
	messages.PROBLEMS[kind](problem(kind, more), context);

test('all that this folder says', async () => {
	const { campaignId, campaignName, ...withoutCampaign } = about;
	const said = (kind: ProblemKind, more: Partial<ApiProblem>, context: RequestContext) => {
		const { message, description } = explain(problem(kind, more), context);
		return `${message}\n    ${description}`;
	};
	const { API_KEY, API_KEY_REMEDY, CLUSTER_ID, CREDENTIAL, CREDENTIAL_WORKS } = messages;
	const saying = new Set<ProblemKind>(['conflict', 'invalid', 'refused', 'blocked', 'notSent']);
	const more = { status: 503, retryAfter: 90_000, rows: { usable: 100, total: 250 } };
	const texts = [
		...kinds.map((kind) => {
			const apiMessage = saying.has(kind) ? 'priority: is too large' : '';
			return said(kind, { ...more, apiMessage }, { ...about, action: 'add leads to' });
		}),
		said('notFound', {}, { ...about, userId: '5' }),
		said('notFound', {}, { ...withoutCampaign, action: 'list campaigns' }),
		said('forbidden', {}, { action: 'list users', host }),
		said('conflict', {}, { action: 'list users', host }),
		said('rateLimited', {}, about),
		said('incomplete', {}, about),
		said('noConnection', { maybeApplied: true }, about),
		...(['unauthorized', 'forbidden', 'notFound'] as const).flatMap((kind) => {
			const feature = 'API redial status';
			const action = 'get the status of leads in';
			const more = { status: 403 };
			return [
				said(kind, more, { action, campaignId: '3', host, feature }),
				said(kind, more, { ...about, feature }),
			];
		}),
		said('blocked', {}, { ...about, host: '127.0.0.1:4010' }),
		...Object.values(API_KEY),
		API_KEY_REMEDY,
		CLUSTER_ID.empty(),
		CLUSTER_ID.unsupportedCharacter(),
		CLUSTER_ID.noAddress('x y'),
		CLUSTER_ID.noHost('0127.0.0.1'),
		CLUSTER_ID.withPassword(),
		CLUSTER_ID.notEncrypted(`http://${host}`, host),
		CREDENTIAL.clusterId,
		CREDENTIAL.apiKey,
		CREDENTIAL.otherHost(`https://${host}`),
		CREDENTIAL_WORKS,
		...kinds.map((kind) => explainCredential(problem(kind, { ...more }), host)),
	];
	await expect(`${texts.join('\n\n')}\n`).toMatchFileSnapshot('messages.txt');
});

describe.each(kinds)('%s', (kind) => {
	test('says what is wrong with which campaign, and in the title what helps', () => {
		const { message, description } = explain(problem(kind), about);
		const { why, remedy, details } = textOf(kind);
		expect(message).toBe(
			`Can't start campaign "Spring Sale": ${why}${remedy ? `. ${remedy}.` : ''}`,
		);
		expect(description).toBe(`${details} Campaign ID: 3.`);
	});

	test('is free of jargon', () => {
		expect(asOneText(explain(problem(kind, { status: 500 }), about))).not.toMatch(
			/HTTP|JSON|ECONN|ENOTFOUND|DNS|TLS|undefined|null|\bobject\b/,
		);
	});
});

const anyText = fc.string({ unit: 'grapheme', maxLength: 400 });

test('a title is one line of at most 120 characters, and what has no room in it is in the description', () => {
	const context = fc.record(
		{
			action: fc.constantFrom('add leads to', 'add or update leads in', 'follow the status of'),
			campaignId: anyText,
			campaignName: anyText,
			userId: anyText,
			scope: fc.constantFrom('campaigns.read' as const, 'reporting.cdrs.read' as const),
			host: fc.oneof(anyText, fc.constantFrom(host, '127.0.0.1', '[::1]:4010')),
			alternative: anyText,
		},
		{ requiredKeys: ['action', 'host'] },
	);
	const any = fc.record(
		{
			status: fc.integer({ min: 100, max: 599 }),
			apiMessage: anyText,
			retryAfter: fc.nat({ max: 86_400_000 }),
			rows: fc.record({ usable: fc.nat(), total: fc.nat() }, { requiredKeys: [] }),
		},
		{ requiredKeys: ['apiMessage'] },
	);
	fc.assert(
		fc.property(fc.constantFrom(...kinds), any, context, (kind, more, context) => {
			const { message, description } = explain(problem(kind, more), context);
			expect(message.length).toBeLessThanOrEqual(120);
			expect(message).not.toMatch(/[\r\n]/);
			expect(message.startsWith(`Can't ${context.action}`)).toBe(true);
			const { remedy, details } = textOf(kind, more, context);
			expect(description).toContain(details);
			if (remedy) expect(`${message} ${description}`).toContain(remedy);
		}),
	);
});

test.each([
	['whole', 'Spring', 'Spring'],
	['shortened', 'x'.repeat(60), `${'x'.repeat(39)}…`],
])('a name that is %s leaves room for the remedy', (_, campaignName, shown) => {
	const { message } = explain(problem('unauthorized'), { ...about, campaignName });
	const { why, remedy } = textOf('unauthorized');
	expect(message).toBe(`Can't start campaign "${shown}": ${why}. ${remedy}.`);
});

test('what Voiso says is in the description, and in the title as far as there is room', () => {
	const long = `phone_number: ${'is odd, '.repeat(20)}`;
	const { message, description } = explain(problem('invalid', { apiMessage: long }), about);
	expect(message).toContain(`${textOf('invalid').why}: phone_number: is odd`);
	expect(message).toHaveLength(120);
	expect(description.startsWith(`Voiso says: ${long}`)).toBe(true);
});

test('what only names the status is not repeated', () => {
	const explanation = explain(problem('unauthorized', { apiMessage: 'Unauthorized' }), about);
	expect(asOneText(explanation)).not.toContain('Unauthorized');
});

test('names the user when one is not found, and the address when there is no campaign', () => {
	expect(explain(problem('notFound'), { ...about, userId: '5' }).message).toContain('user 5');
	const { message } = explain(problem('notFound'), { action: 'list campaigns', host });
	expect(message).toContain(host);
});

test('another way is said, too', () => {
	const alternative = 'Take the other one.';
	expect(explain(problem('forbidden'), { ...about, alternative }).description).toContain(
		alternative,
	);
});

test.each([
	[1, '1 second'],
	[1000, '1 second'],
	[1001, '2 seconds'],
	[119_000, '119 seconds'],
	[119_001, '2 minutes'],
	[7_140_000, '119 minutes'],
	[7_140_001, '2 hours'],
	[86_400_000, '24 hours'],
])('a wait of %i ms is one of %s', (retryAfter, words) => {
	expect(textOf('rateLimited', { retryAfter }).remedy).toContain(` ${words}`);
});

test('becomes an error whose words n8n does not replace', () => {
	const campaignName = 'Superman ENOENT';
	const error = toNodeError(
		node,
		problem('conflict', { status: 409, apiMessage: 'ECONNREFUSED' }),
		{ ...about, campaignName },
		4,
	);
	expect(error).toMatchObject({
		name: 'NodeApiError',
		httpCode: '409',
		context: { itemIndex: 4 },
		message: expect.stringContaining(`campaign "${campaignName}": `),
	});
	expect(error.cause).toBeUndefined();
});
