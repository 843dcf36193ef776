import type {
	Campaign,
	CampaignStatus,
} from '../../../nodes/shared/api/generated/voisoApi.types.ts';
import type { SandboxOptions } from '../options.mts';
import { setStatus, type StoredCampaign } from '../store.mts';
import { fieldErrors, notFound, ok } from './answers.mts';
import type { Operation } from './call.mts';
import { page } from './page.mts';

const contains = (text: string | null | undefined, part: string) =>
	(text ?? '').toLowerCase().includes(part.toLowerCase());

/** A campaign as it is answered. */
function shown({ campaign }: StoredCampaign, options: SandboxOptions): Campaign {
	if (options.liveAndMethod === 'present') return campaign;
	const { live: _live, method: _method, ...rest } = campaign;
	return rest;
}

export const listCampaigns: Operation = ({ request: { query } }, { world }, { lie }) => {
	const campaigns = world.store.all().filter(({ campaign }) => {
		if (query.name !== undefined && !contains(campaign.name, String(query.name))) return false;
		return (['status', 'strategy', 'method', 'live'] as const).every(
			(field) => query[field] === undefined || campaign[field] === query[field],
		);
	});
	return ok(
		page(
			'campaigns',
			campaigns.map((stored) => shown(stored, world.options)),
			query,
			lie,
		),
	);
};

export const getCampaign: Operation = ({ request }, { world }) => {
	const stored = world.store.find(Number(request.params.id));
	return stored ? ok({ campaign: shown(stored, world.options) }) : notFound();
};

interface Action {
	/** Field → what forbids the action in the state that the campaign is in. */
	obstacles: (stored: StoredCampaign) => Record<string, string[]>;
	transitional: CampaignStatus;
	final: CampaignStatus;
}

const mustBeActive = ({ campaign }: StoredCampaign): Record<string, string[]> =>
	campaign.status === 'active'
		? {}
		: { status: [`must be active, but the campaign is ${campaign.status}`] };

const startable: (CampaignStatus | null | undefined)[] = [
	'draft',
	'paused',
	'auto_paused',
	'stopped',
	'completed',
];

function obstaclesToStart({ campaign, leads, users }: StoredCampaign): Record<string, string[]> {
	if (!startable.includes(campaign.status)) {
		return { status: [`must not be ${campaign.status}`] };
	}
	return {
		...(leads.size === 0 && { leads: ['must have at least one lead'] }),
		...(users.size === 0 && { users: ['must have at least one agent'] }),
	};
}

function action({ obstacles, transitional, final }: Action): Operation {
	return ({ request }, { world: { store, options } }) => {
		const stored = store.find(Number(request.params.id));
		if (!stored) return notFound();
		const errors = obstacles(stored);
		if (Object.keys(errors).length > 0) return fieldErrors(409, errors);
		if (options.transitions === 'atOnce') {
			setStatus(stored, final);
		} else {
			const at = performance.now() + options.transitionTime;
			setStatus(stored, transitional, { status: final, at });
		}
		if (options.actionBody === 'wrapped') return ok({ campaign: shown(stored, options) });
		const { id, name, status, strategy, dial_level } = stored.campaign;
		return ok({ id, name, status, strategy, dial_level });
	};
}

export const startCampaign = action({
	obstacles: obstaclesToStart,
	transitional: 'processing',
	final: 'active',
});
export const pauseCampaign = action({
	obstacles: mustBeActive,
	transitional: 'pausing',
	final: 'paused',
});
export const stopCampaign = action({
	obstacles: mustBeActive,
	transitional: 'stopping',
	final: 'stopped',
});
