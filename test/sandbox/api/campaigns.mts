import type { Campaign } from '../../../nodes/shared/api/generated/voisoApi.types.ts';
import type { SandboxOptions } from '../options.mts';
import { type CampaignAction, obstaclesTo, statusAfter } from '../rules/campaignStatus.mts';
import type { StoredCampaign } from '../store.mts';
import { fieldErrors, notFound, ok } from '../rules/answers.mts';
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

function action(name: CampaignAction): Operation {
	const { transitional, final } = statusAfter[name];
	return ({ request }, { world: { store, options } }) => {
		const stored = store.find(Number(request.params.id));
		if (!stored) return notFound();
		const { campaign, leads, users } = stored;
		const state = { status: campaign.status, leads: leads.size, users: users.size };
		const errors = obstaclesTo(name, state);
		if (Object.keys(errors).length > 0) return fieldErrors(409, errors);
		store.moveTo(stored, transitional, final, options);
		if (options.actionBody === 'wrapped') return ok({ campaign: shown(stored, options) });
		const { id, status, strategy, dial_level } = campaign;
		return ok({ id, name: campaign.name, status, strategy, dial_level });
	};
}

export const startCampaign = action('start');
export const pauseCampaign = action('pause');
export const stopCampaign = action('stop');
