import type { HttpResult } from '../../../nodes/shared/api/http.ts';
import { pauser } from '../../../nodes/shared/pauser.ts';
import { ProcessMemory } from '../../../nodes/shared/throttle/processMemory.ts';
import type { Lead } from '../../../nodes/VoisoLeads/fields/toLead.ts';
import { newSendContext } from '../../../nodes/VoisoLeads/send/send.ts';
import type { Dependencies, LeadCall, SendContext } from '../../../nodes/VoisoLeads/send/types.ts';
import { skippingClock } from '../../simulation/time.mts';
import type { Behavior } from './arbitraries.mts';

/** A call that was made, and what it met. */
export interface Made {
	method: LeadCall['method'];
	campaignId: string;
	leads: Lead[];
	exchange: HttpResult;
}

/** A world of its own, without time or network, in which calls go as the behaviors say, in turn. */
export function fakeVoiso(behaviors: readonly Behavior[]): {
	dependencies: Dependencies;
	made: Made[];
} {
	const made: Made[] = [];
	const dependencies: Dependencies = {
		...skippingClock(),
		random: () => 0.5,
		post: async ({ method, campaignId, body }) => {
			const leads = JSON.parse(body) as Lead[];
			const behavior = behaviors[made.length % behaviors.length];
			if (behavior === undefined) throw new RangeError('There is no behavior');
			const exchange = exchangeFor(behavior, leads);
			made.push({ method, campaignId, leads, exchange });
			return exchange;
		},
	};
	return { dependencies, made };
}

export function contextFor(dependencies: Dependencies, batchSize: number): SendContext {
	return newSendContext({
		baseUrl: 'https://voiso.test',
		limits: { batchSize, minimumInterval: 2000, maxWait: 20_000 },
		dependencies,
		memory: new ProcessMemory(dependencies, dependencies.random),
		signal: undefined,
		pauses: pauser(undefined),
		onProgress: () => undefined,
	});
}

function exchangeFor(behavior: Behavior, leads: Lead[]): HttpResult {
	if (behavior.kind === 'silence') return { kind: 'networkError', code: behavior.code };
	if (behavior.kind === 'status') {
		return { kind: 'response', status: behavior.status, body: behavior.body };
	}
	const lists: Record<string, unknown[]> = {};
	for (const [place, { phone_number: phone }] of leads.entries()) {
		const echoes = [phone, Number(phone), `+${phone}`];
		for (const name of behavior.lists[place % behavior.lists.length] ?? []) {
			(lists[name] ??= []).push(echoes[(place + behavior.echo) % 3]);
		}
	}
	const body = behavior.envelope ? { leads_import: lists } : lists;
	return { kind: 'response', status: 200, body: JSON.stringify(body) };
}
