import type { RequestContext } from '../../nodes/shared/api/explain.ts';
import type { ApiProblem, ProblemKind } from '../../nodes/shared/api/problem.ts';
import type { Failure, FailureCause } from '../../nodes/VoisoLeads/types.ts';
import type { GuidedCode } from './code.mts';
import { sources } from './sources.mts';
import { operationTable, parameterTable, table } from './tables.mts';
import { campaignStatuses, leadOutcomes, userOutcomes, wordMeanings } from './words.mts';

/** The generated parts of the guide, by the name that its markers give. */
export function partsOf(code: GuidedCode): Record<string, string> {
	const leads = new code.VoisoLeads().description.properties;
	const campaign = new code.VoisoCampaign().description.properties;
	const trigger = new code.VoisoTrigger().description.properties;
	return {
		'leads operations': operationTable(leads),
		'leads parameters': parameterTable(leads),
		'leads fields': fieldTable(code),
		'leads outcomes': table(
			['`status`', 'What it means', 'What to do'],
			code.LEAD_STATUSES.map((status) => {
				const { meaning, advice } = leadOutcomes[status];
				return [`\`${status}\``, meaning, advice];
			}),
		),
		'leads sources': sourceTable(code),
		'leads words': wordTable(code),
		'campaign operations': operationTable(campaign, 'campaign'),
		'user operations': operationTable(campaign, 'user'),
		'campaign parameters': parameterTable(campaign),
		'campaign statuses': table(
			['`status`', 'In lists', 'What it means'],
			code.statusOptions.map(({ name, value }) => [
				`\`${value}\``,
				name,
				campaignStatuses[String(value)] ?? '',
			]),
		),
		'user outcomes': table(
			['`status`', 'What it means'],
			Object.entries(userOutcomes).map(([status, meaning]) => [`\`${status}\``, meaning]),
		),
		'trigger parameters': parameterTable(trigger),
		'messages calls': callMessages(code),
		'messages batches': batchMessages(code),
	};
}

function fieldTable({ leadFields }: GuidedCode): string {
	const rows = Object.entries(leadFields).map(([name, field]) => [
		`**${field.displayName}**<br>\`${name}\``,
		`${field.help}.${field.required ? ' Required.' : ''}`,
		`${field.accepts}${rangeOf(name, field)}`,
		field.converts,
		field.refuses,
	]);
	return table(['Field', 'What it is for', 'Accepts', 'Converted to', 'Not accepted'], rows);
}

function rangeOf(name: string, { range }: { range?: { min: number; max: number } }): string {
	const unit = name === 'phone_number' ? ' digits' : '';
	return range ? `; ${range.min} to ${range.max.toLocaleString('en')}${unit}` : '';
}

function sourceTable({ leadFields }: GuidedCode): string {
	const names = (columns: readonly string[]) => columns.map((name) => `\`${name}\``).join(', ');
	const label = (field: string) =>
		field === 'country_code'
			? 'country code'
			: leadFields[field as keyof typeof leadFields].displayName;
	return table(
		['Source', 'Phone number, the preferred one first', 'Name, whole or in parts', 'Others'],
		sources.map(({ source, page, phones, names: parts = [], others = {} }) => [
			`[${source}](${page})`,
			names(phones),
			names(parts),
			Object.entries(others)
				.map(([column, field]) => `\`${column}\`: ${label(field)}`)
				.join(', ') || '–',
		]),
	);
}

function wordTable({ WORDS }: GuidedCode): string {
	return table(
		['Words for', 'Understood'],
		Object.entries(wordMeanings).map(([word, meaning]) => [
			meaning,
			WORDS[word as keyof typeof wordMeanings].split(/\s+/).join(' '),
		]),
	);
}

const ABOUT: RequestContext = {
	action: 'add leads to',
	campaignId: '3',
	campaignName: 'Spring Sale',
	scope: 'campaigns.manage',
	host: 'cc-ams03.voiso.com',
};

/** An example of each problem that a call can meet; without those that only the log shows. */
const PROBLEMS: [ProblemKind, status?: number, apiMessage?: string][] = [
	['unauthorized', 401],
	['forbidden', 403],
	['notFound', 404],
	['conflict', 409],
	['invalid', 422, 'priority: must be less than 1001'],
	['refused', 400, 'Bad Request'],
	['rateLimited', 429],
	['serverError', 503],
	['methodNotAllowed', 405],
	['redirected', 302],
	['unreadable'],
	['noConnection'],
	['timedOut'],
	['unknownHost'],
	['insecure'],
	['stopped'],
];

function problem(kind: ProblemKind, status?: number, apiMessage = ''): ApiProblem {
	return { kind, apiMessage, fields: {}, maybeApplied: false, ...(status && { status }) };
}

function callMessages({ explain }: GuidedCode): string {
	const rows = PROBLEMS.map((each) => {
		const { message, description } = explain(problem(...each), ABOUT);
		return [message, description];
	});
	return table(['What you see', 'What to do'], rows);
}

const CAUSES: [FailureCause, ProblemKind, status?: number][] = [
	['outOfTime', 'serverError', 503],
	['final', 'refused', 400],
	['notSent', 'forbidden', 403],
	['tooManyRejections', 'invalid', 422],
	['stopped', 'stopped'],
];

function batchMessages({ failureText }: GuidedCode): string {
	const setting = {
		operation: 'add',
		host: ABOUT.host,
		names: new Map([['3', 'Spring Sale']]),
	} as const;
	const rows = CAUSES.map(([cause, ...rest]) => {
		const failure: Failure = {
			campaignIds: ['3'],
			problem: problem(...rest),
			batch: 2,
			attempts: cause === 'notSent' ? 0 : 7,
			maybeApplied: cause === 'outOfTime',
			cause,
		};
		const { message, description } = failureText(failure, setting);
		return [message, description];
	});
	return table(['What you see', 'What to do'], rows);
}
