import type { Job } from './contenders/job.mts';

/** A row as a CRM exports it: what every contender gets as the `json` of an item. */
export type BenchLead = ReturnType<typeof benchLead>;

/** The campaign that each process imports a few leads into before it is measured. */
export const WARM_UP_CAMPAIGN = 1000;

/** Ids of the benchmark's campaigns in the sandbox: 1001, 1002, … */
export const campaignIds = (count: number): number[] =>
	Array.from({ length: count }, (_, index) => WARM_UP_CAMPAIGN + 1 + index);

function benchLead(id: number, campaign: number) {
	const national = String(id).padStart(6, '0');
	return {
		id,
		campaign,
		phone: `447911${national}`,
		'Formatted Phone': `+44 7911 ${national}`,
		'Full Name': `First${id} Last${id}`,
		first: `First${id}`,
		last: `Last${id}`,
		priority: (id % 1000) + 1,
		'Lead Source': 'CRM',
		vip: id % 7 === 0,
		owner: { id: id % 10, email: `owner${id % 10}@example.com` },
		note: 'Asked to be called back in the afternoon',
	};
}

/**
 * Leads for some campaigns, sorted by campaign and with as many for each: so a workflow that loops over
 * batches has one campaign in each batch, which is the best case for it.
 */
export function benchLeads({ leads, campaigns }: Pick<Job, 'leads' | 'campaigns'>): BenchLead[] {
	const perCampaign = Math.ceil(leads / campaigns.length);
	return Array.from({ length: leads }, (_, id) =>
		benchLead(id, campaigns[Math.floor(id / perCampaign)] ?? 0),
	);
}

/** The same leads as a file. */
export function benchFile(job: Pick<Job, 'leads' | 'campaigns'>): string {
	const rows = benchLeads(job).map(({ owner, ...lead }) =>
		Object.values({ ...lead, owner: owner.email }).join(','),
	);
	const columns =
		'ID,Campaign,Phone,Formatted Phone,Full Name,First,Last,Priority,Lead Source,VIP,Note,Owner';
	return `${columns}\n${rows.join('\n')}\n`;
}

/** Whether the results of that file have every row in its place, created, with its columns as they were. */
export function isComplete(results: string, job: Pick<Job, 'leads' | 'campaigns'>): boolean {
	const [, ...rows] = benchFile(job).split('\n');
	const [, ...found] = results.split('\n');
	const isSame = (row: string, place: number) =>
		row === '' ? found[place] === '' : found[place]?.startsWith(`${row},created,`) === true;
	return found.length === rows.length && rows.every(isSame);
}
