import type { IExecuteFunctions } from 'n8n-workflow';
import { nameOf, readAllCampaigns } from '../shared/api/campaigns';
import type { Connection } from '../shared/api/connection';
import { idOf } from '../shared/api/pages';
import { mayCall } from '../shared/campaign/statuses';
import { pauser } from '../shared/pauser';
import type { ProgressReporter } from './emit/progress';
import { add } from './operations/add';
import { deactivateEverywhere, type SearchedCampaign } from './operations/deactivate';
import { dryRun, type DryRunSettings } from './operations/dryRun';
import { getStatus } from './operations/getStatus';
import type { Report } from './operations/report';
import { update } from './operations/update';
import { upsert } from './operations/upsert';
import { processMemory, realDependencies } from './send/dependencies';
import { newSendContext } from './send/send';
import type { Settings } from './settings';
import type { ReadLead } from './types';

/** Carries out the node's operation, for all leads at once or for some at a time, as one execution. */
export interface Operator {
	run(leads: readonly ReadLead[]): Promise<Report>;
	/** Changes leads that this execution has added before. */
	update(leads: readonly ReadLead[]): Promise<Report>;
}

/**
 * @param names of campaigns by ID; those that are looked up are added
 * @throws NodeApiError when all campaigns are meant and the list of them can't be read
 */
export async function newOperator(
	context: IExecuteFunctions,
	connection: Connection,
	settings: Settings,
	names: Map<string, string>,
	reporter: ProgressReporter,
): Promise<Operator> {
	const { limits, operation, unreachableFails } = settings;
	const all = settings.allCampaigns ? await readAllCampaigns(context, connection) : [];
	const campaigns = all.map((campaign): SearchedCampaign => {
		const id = idOf(campaign);
		names.set(id, nameOf(campaign));
		return { id, mayCall: mayCall(campaign) };
	});
	const sending = newSendContext({
		baseUrl: connection.baseUrl,
		limits,
		dependencies: realDependencies(connection),
		memory: processMemory,
		signal: context.getExecutionCancelSignal(),
		pauses: pauser(undefined),
		onProgress: reporter.onProgress,
	});
	const { closedCampaigns } = sending.breaker;
	const everywhere = settings.allCampaigns ? campaigns : undefined;
	const dryRunSettings: DryRunSettings = { operation, limits, everywhere, known: new Map() };
	return {
		async run(leads) {
			if (operation === 'getStatus') {
				const patient = { ...connection, maxDelay: limits.maxWait };
				return await getStatus(patient, leads, closedCampaigns);
			}
			if (settings.dryRun) return await dryRun(connection, leads, dryRunSettings);
			if (operation === 'add') return await add(sending, leads);
			if (operation === 'upsert') return await upsert(sending, leads);
			if (!settings.allCampaigns) return await update(sending, leads);
			return await deactivateEverywhere(sending, leads, campaigns, { unreachableFails });
		},
		update: async (leads) => await update(sending, leads),
	};
}
