import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import type { BenchLead } from '../leads.mts';
import type { Account, Job } from './job.mts';

const BATCH = 1000;

interface Answer {
	leads_import: { created: string[]; rejected: string[]; duplicates: string[] };
}

/**
 * The least that a programmer would write: batches, one after the other in each campaign, and a count of
 * what came back. Nothing is tried again and no outcome is matched with its lead.
 */
export async function axiosScript(job: Job, leads: BenchLead[]): Promise<Account> {
	const api = axios.create({
		baseURL: `${job.url}/api/v4`,
		headers: { Authorization: `Bearer ${job.apiKey}` },
	});
	const account = { created: 0, rejected: 0, duplicates: 0 };
	const importInto = async (campaign: number, ofCampaign: BenchLead[]) => {
		for (let start = 0; start < ofCampaign.length; start += BATCH) {
			if (start > 0) await sleep(job.interval);
			const body = ofCampaign.slice(start, start + BATCH).map((lead) => ({
				phone_number: lead.phone,
				name: lead['Full Name'],
				priority: lead.priority,
				source: { system: lead['Lead Source'] },
			}));
			const { data } = await api.post<Answer>(`/campaigns/${campaign}/leads`, body);
			const { created, rejected, duplicates } = data.leads_import;
			account.created += created.length;
			account.rejected += rejected.length;
			account.duplicates += duplicates.length;
		}
	};
	await Promise.all(
		job.campaigns.map((id) =>
			importInto(
				id,
				leads.filter(({ campaign }) => campaign === id),
			),
		),
	);
	return account;
}
