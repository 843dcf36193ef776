import { createHash } from 'node:crypto';
import type { Campaign } from '../../nodes/shared/api/generated/voisoApi.types.ts';

/** A user as the sandbox keeps it: under both kinds of id that Voiso's samples show. */
export interface SandboxUser {
	id: number;
	uuid: string;
	name: string;
	email: string;
	extension: string;
}

/** A campaign as the sandbox takes it: what is not given is made up, `users` are integer ids. */
export type NewCampaign = Partial<Campaign> & { users?: number[] };

export const campaignTemplate: Omit<Campaign, 'id' | 'name'> = {
	status: 'active',
	strategy: 'simple',
	live: true,
	method: 'voice',
	dial_level: 1,
	dial_level_override: { enabled: false, value: null, active_agents_threshold: null },
	max_dial_time: 30,
	max_wait_time: 10,
	max_dial_attempts: 3,
	amd_enabled: false,
	amd_voicemail_message: null,
	caller_id_sets: [{ phone_numbers: ['442071838750'] }],
	use_local_caller_id: false,
	asr_optimization_enabled: false,
	follow_up_mode: 'manual',
	created_at: '2025-03-03T09:00:00.000Z',
	updated_at: '2025-03-03T09:00:00.000Z',
};

/** Campaigns in different states, some of similar names; 3 is the one to add leads to. */
export const defaultCampaigns: NewCampaign[] = [
	{ id: 1, name: 'Winter Sale', status: 'completed', users: [1, 2] },
	{ id: 2, name: 'Spring Sale 2024', status: 'stopped', live: false, users: [1] },
	{ id: 3, name: 'Spring Sale', status: 'active', users: [1, 2, 3] },
	{ id: 4, name: 'Spring Sale (test)', status: 'draft', users: [] },
	{ id: 5, name: 'Renewals', status: 'paused', users: [4, 5], strategy: 'predictive_ai' },
	{ id: 6, name: 'Renewals UK', status: 'active', users: [5, 6], strategy: 'predictive_ai' },
	{ id: 7, name: 'Customer survey', status: 'auto_paused', users: [7] },
	{ id: 8, name: 'Import of old contacts', status: 'import_error', live: false, users: [] },
	{ id: 9, name: 'Payment reminders', status: 'active', live: false, users: [8, 9, 10] },
	{ id: 10, name: 'Événement d’été', status: 'draft', users: [11], dial_level: null },
];

const firstNames =
	'Ada Alan Barbara Claude Dorothy Edsger Frances Grace Hedy Ivan Joan Karen Leslie Margaret Niklaus'.split(
		' ',
	);
const lastNames =
	'Allen Baker Clarke Dijkstra Evans Fischer Garcia Hopper Ivanova Jones Khan Lovelace Meyer Novak Olsen Patel Quinn Rossi Silva Turing'.split(
		' ',
	);

/** 300 users with ids from 1, each of a name of its own. */
export function defaultUsers(): SandboxUser[] {
	return Array.from({ length: firstNames.length * lastNames.length }, (_, index) => {
		const first = firstNames[index % firstNames.length];
		const last = lastNames[Math.floor(index / firstNames.length)];
		const id = index + 1;
		return {
			id,
			uuid: uuidOf(`user ${id}`),
			name: `${first} ${last}`,
			email: `${first}.${last}@example.com`.toLowerCase(),
			extension: String(1000 + id),
		};
	});
}

/** A UUID that is the same in every run. */
export function uuidOf(seed: string): string {
	const hex = createHash('sha256').update(seed).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
