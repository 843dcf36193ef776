/** The columns that results have whatever Voiso says. */
export type ResultName =
	| 'voiso_status'
	| 'voiso_reason'
	| 'voiso_warning'
	| 'voiso_phone_number'
	| 'voiso_campaign_id'
	| 'voiso_found_in'
	| 'voiso_not_switched_off_in'
	| 'voiso_lead';

const NAMES: Record<ResultName, true> = {
	voiso_status: true,
	voiso_reason: true,
	voiso_warning: true,
	voiso_phone_number: true,
	voiso_campaign_id: true,
	voiso_found_in: true,
	voiso_not_switched_off_in: true,
	voiso_lead: true,
};
const FIRST: ResultName = 'voiso_status';

/**
 * Which columns of a file are results of an earlier run: those that all results have, and what Voiso said of the
 * numbers, which stands behind the status. A CRM's own `voiso_id` is none.
 */
export function areResults(names: readonly string[]): boolean[] {
	const lower = names.map((name) => name.trim().toLowerCase());
	const first = lower.indexOf(FIRST);
	return lower.map((name, place) => {
		const isBehind = first >= 0 && place > first;
		return Object.hasOwn(NAMES, name) || (isBehind && name.startsWith('voiso_'));
	});
}
