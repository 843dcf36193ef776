import type { CampaignStatus } from '../../../nodes/shared/api/generated/voisoApi.types.ts';

/** What a client can do with a campaign. */
export type CampaignAction = 'start' | 'pause' | 'stop';

/** The status an action leads to, and the one on the way there. */
export const statusAfter: Record<
	CampaignAction,
	{ transitional: CampaignStatus; final: CampaignStatus }
> = {
	start: { transitional: 'processing', final: 'active' },
	pause: { transitional: 'pausing', final: 'paused' },
	stop: { transitional: 'stopping', final: 'stopped' },
};

/** What decides whether an action is allowed. */
interface CampaignState {
	status: CampaignStatus | null | undefined;
	leads: number;
	users: number;
}

const startable: CampaignState['status'][] = [
	'draft',
	'paused',
	'auto_paused',
	'stopped',
	'completed',
];

/** Field → what forbids an action; empty when it is allowed. */
export function obstaclesTo(
	action: CampaignAction,
	{ status, leads, users }: CampaignState,
): Record<string, string[]> {
	if (action !== 'start') {
		return status === 'active' ? {} : { status: [`must be active, but the campaign is ${status}`] };
	}
	if (!startable.includes(status)) return { status: [`must not be ${status}`] };
	return {
		...(leads === 0 && { leads: ['must have at least one lead'] }),
		...(users === 0 && { users: ['must have at least one agent'] }),
	};
}
