import { expect } from 'vitest';
import type { Sandbox } from '../../sandbox/index.mts';
import { byId, run, type Run } from './support.mts';

export type Action = 'start' | 'pause' | 'stop';

/** What tests of starting, pausing and stopping do again and again, with campaign 50. */
export function statusTools(sandbox: Sandbox) {
	/** A campaign in this status with an agent and a lead. */
	async function campaign(status: string, more: { users?: number[] } = {}) {
		const [added] = sandbox.addCampaigns({ id: 50, name: 'Shift', ...more });
		const response = await fetch(`${sandbox.url}/api/v4/campaigns/50/leads`, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${sandbox.apiKey}`,
				'content-type': 'application/json',
				accept: 'application/json',
			},
			body: JSON.stringify([{ phone_number: '447911123456' }]),
		});
		expect(response.ok).toBe(true);
		setStatus(status);
		return added;
	}

	function setStatus(status: string) {
		// The statuses here are Voiso's; the names of a test table are just text.
		type Change = Parameters<typeof sandbox.changeCampaign>[1];
		sandbox.changeCampaign(50, { status: status as NonNullable<Change['status']> });
	}

	const statusNow = () => sandbox.state().campaigns.find(({ id }) => id === 50)?.status;

	const act = async (action: Action, options: object = {}, more: Run = {}, rest: object = {}) =>
		await run(
			sandbox,
			{
				resource: 'campaign',
				operation: action,
				campaign: byId(50),
				options: { ...options },
				...rest,
			},
			more,
		);
	return { campaign, setStatus, statusNow, act };
}
