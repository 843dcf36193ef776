import type { IDataObject } from 'n8n-workflow';
import type { Row } from '../../scripts/make-leads.mts';
import type { CampaignReport } from '../sandbox/index.mts';

/** The statuses that a row of examples/leads.csv may have, by what is odd about it. */
const expected: Record<Row['kind'], readonly string[]> = {
	plain: ['created'],
	formatted: ['created'],
	repeated: ['repeated'],
	malformed: ['invalid', 'rejected'],
	// With a warning: the value that is wrong is left out.
	odd: ['created'],
};

/**
 * Compares, lead by lead, what the node says about an import of examples/leads.csv into an empty
 * campaign with what the sandbox has and saw.
 * @returns what is wrong, in words; empty when the import went as it should
 */
export function problemsOfImport(
	rows: Row[],
	outcomes: IDataObject[],
	campaign: CampaignReport,
): string[] {
	const problems: string[] = [];
	const check = (ok: boolean, problem: string) => {
		if (!ok) problems.push(problem);
	};
	check(outcomes.length === rows.length, `${rows.length} rows, but ${outcomes.length} results`);

	const created = new Set<string>();
	const rejected: string[] = [];
	for (const [index, { kind, cells }] of rows.entries()) {
		const outcome = outcomes[index];
		const number = String(outcome?.['phone_number']);
		const status = String(outcome?.['status']);
		const row = `Row ${index + 2} (${cells['Phone Number']})`;
		check(expected[kind].includes(status), `${row} is ${kind}, but came out as ${status}`);
		check(kind !== 'odd' || Boolean(outcome?.['warning']), `${row} came out without a warning`);
		if (status === 'rejected') rejected.push(number);
		if (status !== 'created') continue;
		check(!created.has(number), `${row} was created a second time`);
		created.add(number);
		const stored = campaign.leads[number];
		check(
			(stored?.name ?? '') === cells['Name'],
			`${row} came out as created, but Voiso has ${JSON.stringify(stored)}`,
		);
	}
	for (const number of Object.keys(campaign.leads))
		check(created.has(number), `Voiso has ${number}, which did not come out as created`);
	check(
		rejected.toSorted().join() === campaign.rejected.toSorted().join(),
		`Voiso rejected ${campaign.rejected.join(', ')}, but ${rejected.join(', ')} came out as rejected`,
	);
	return [...problems, ...problemsOfPacing(campaign)];
}

/** Each lead once, in full batches, one request at a time and with the pause between them. */
function problemsOfPacing(campaign: CampaignReport): string[] {
	const { leadRequests, leadsSent, leadsStored, rejected } = campaign;
	const sent = leadsStored + rejected.length;
	const full = leadRequests.slice(0, -1).every(({ leads }) => leads === 1000);
	const rules: [boolean, string][] = [
		[campaign.accepted === leadRequests.length, 'Not every lead request was accepted'],
		[campaign.overlapped === 0, `${campaign.overlapped} lead requests overlapped`],
		[campaign.tooEarly === 0, `${campaign.tooEarly} lead requests came too early`],
		[leadsSent === sent, `${leadsSent} leads were sent, but ${sent} have a result`],
		[
			full && leadRequests.length === Math.ceil(sent / 1000),
			`The batches are of ${leadRequests.map(({ leads }) => leads).join(', ')} leads`,
		],
	];
	return rules.flatMap(([ok, problem]) => (ok ? [] : [problem]));
}
