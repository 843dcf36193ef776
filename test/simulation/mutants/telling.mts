import { mutant, type Mutant } from './mutant.mts';

const SENDER = 'VoisoLeads/send/campaignSender.ts';
const PARCEL = 'VoisoLeads/send/subBatch.ts';
const JUDGE = 'VoisoLeads/send/classifyFailure.ts';
const PROBLEM = 'shared/api/problem.ts';
const SETTLE = 'VoisoLeads/settle.ts';
const PLAN = 'VoisoLeads/plan.ts';
const UPSERT = 'VoisoLeads/operations/upsert.ts';

export const splitting: readonly Mutant[] = [
	mutant(
		'rejects the whole batch for one bad lead',
		SENDER,
		'else if (parcel.positions.length === 1) this.refuse',
		'else if (parcel.positions.length > 0) this.refuse',
	),
	mutant(
		'loses a lead when it divides',
		PARCEL,
		'positions.slice(middle)',
		'positions.slice(middle + 1)',
	),
	mutant(
		'sends a lead in both halves',
		PARCEL,
		'positions.slice(0, middle)',
		'positions.slice(0, middle + 1)',
	),
	mutant(
		'forgets in the parts that an answer was lost',
		PARCEL,
		'		uncertain,\n',
		'		uncertain: false,\n',
	),
	mutant(
		'counts places from one',
		JUDGE,
		'named.add(Number(place))',
		'named.add(Number(place) + 1)',
	),
	mutant('divides without end', SENDER, 'parts < MAX_PARTS_PER_BATCH', 'parts < Infinity'),
];

export const telling: readonly Mutant[] = [
	mutant(
		'forgets that an answer was lost',
		SENDER,
		'parcel.uncertain ||= problem.maybeApplied;',
		'',
	),
	mutant(
		'counts a lost answer as delivered',
		SENDER,
		'if (reading.ok) {',
		"if (reading.ok || reading.problem.kind === 'timedOut') {",
	),
	mutant(
		'takes a server error for a refusal',
		PROBLEM,
		"kind === 'serverError' || kind === 'unreadable'",
		"kind === 'unreadable'",
	),
	mutant('takes a timeout for a failed connection', PROBLEM, "kind === 'timedOut' ||", ''),
	mutant(
		'takes any failed connection for a lost answer',
		PROBLEM,
		' && !NEVER_CONNECTED.has(code)',
		'',
	),
	mutant(
		'takes a page of HTML for an answer',
		PROBLEM,
		'if (isExpected(body)) return',
		'if (isExpected(body) || body === undefined) return',
	),
	mutant(
		'says duplicate where it may be its own',
		SETTLE,
		"if (entry.status === 'duplicate' && delivery.uncertain) return UNCONFIRMED;",
		'',
	),
	mutant(
		'counts a number that is not named as created',
		SETTLE,
		'if (entry === undefined) return UNREPORTED;',
		"if (entry === undefined) return { outcome: { status: 'created' } };",
	),
	mutant(
		'knows numbers only as they were sent',
		SETTLE,
		"text.replace(/\\D/g, '').replace(/^00/, '')",
		'text',
	),
	mutant(
		'forgets what the first try brought',
		'VoisoLeads/send/previousAttempts.ts',
		'this.outcomes.set(key, settled.outcome);',
		'',
	),
	mutant(
		'says of an unsent batch that it may have arrived',
		SENDER,
		"			if (verdict === 'notSent') return failed(verdict, problem);\n			parcel.uncertain ||= problem.maybeApplied;",
		"			parcel.uncertain ||= problem.maybeApplied;\n			if (verdict === 'notSent') return failed(verdict, problem);",
	),
];

export const planning: readonly Mutant[] = [
	mutant(
		'puts one lead too many into a batch',
		PLAN,
		'positions.slice(start, start + size)',
		'positions.slice(start, start + size + 1)',
	),
	mutant(
		'sends repeated numbers',
		PLAN,
		'else repeats.set(position, first);',
		'else if (position <= 3) repeats.set(position, first);',
	),
	mutant(
		'finds repeated numbers only where they stand side by side',
		PLAN,
		'numbers.sort();',
		'numbers.fill(0, numbers.length);',
	),
	mutant(
		'merges repeated numbers the wrong way round',
		PLAN,
		'{ ...earlier, ...later };',
		'{ ...later, ...earlier };',
	),
	mutant(
		'updates what was only just created',
		UPSERT,
		"result.outcome.status === 'duplicate' ||",
		"result.outcome.status === 'created' ||",
	),
];
