import type { HttpResult } from '../../../nodes/shared/api/http.ts';
import { pauser } from '../../../nodes/shared/pauser.ts';
import { ProcessMemory } from '../../../nodes/shared/throttle/processMemory.ts';
import type { Lead } from '../../../nodes/VoisoLeads/fields/index.ts';
import { newSendContext } from '../../../nodes/VoisoLeads/send/send.ts';
import type { Dependencies, LeadCall, SendContext } from '../../../nodes/VoisoLeads/send/types.ts';
import type { Behaviour } from './arbitraries.mts';

/** A call that was made, and what it met. */
export interface Made {
	method: LeadCall['method'];
	campaignId: string;
	leads: Lead[];
	exchange: HttpResult;
}

/** A world of its own, without time or network, in which calls go as the behaviours say, in turn. */
export function fakeVoiso(behaviours: readonly Behaviour[]): {
	dependencies: Dependencies;
	made: Made[];
} {
	let now = 0;
	const made: Made[] = [];
	const dependencies: Dependencies = {
		now: () => now,
		sleep: async (ms) => {
			now += ms;
			return true;
		},
		random: () => 0.5,
		post: async ({ method, campaignId, body }) => {
			const leads = JSON.parse(body) as Lead[];
			const behaviour = behaviours[made.length % behaviours.length];
			if (behaviour === undefined) throw new RangeError('There is no behaviour');
			const exchange = exchangeFor(behaviour, leads);
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

function exchangeFor(behaviour: Behaviour, leads: Lead[]): HttpResult {
	if (behaviour.kind === 'silence') return { kind: 'networkError', code: behaviour.code };
	if (behaviour.kind === 'status') {
		return { kind: 'response', status: behaviour.status, body: behaviour.body };
	}
	const lists: Record<string, unknown[]> = {};
	for (const [place, { phone_number: phone }] of leads.entries()) {
		const echoes = [phone, Number(phone), `+${phone}`];
		for (const name of behaviour.lists[place % behaviour.lists.length] ?? []) {
			(lists[name] ??= []).push(echoes[(place + behaviour.echo) % 3]);
		}
	}
	const body = behaviour.envelope ? { leads_import: lists } : lists;
	return { kind: 'response', status: 200, body: JSON.stringify(body) };
}
