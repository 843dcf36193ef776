import { contenders, type Account, type ContenderName, type Job } from './contenders/job.mts';
import { campaignIds, WARM_UP_CAMPAIGN } from './leads.mts';
import { inProcess } from './processes/inProcess.mts';
import type { Measurement } from './processes/measure.mts';
import type { SandboxProcess } from './processes/sandbox.mts';
import type { CampaignReport } from '../../test/sandbox/index.mts';

/** One run: which contender, with what. */
export interface Scenario {
	contender: ContenderName;
	leads: number;
	/** How many campaigns the leads are for. */
	campaigns: number;
	/** Pause that Voiso asks for between two calls of a campaign, in ms. */
	interval: number;
	/** Time that the sandbox works on a call, in ms. */
	processingTime: number;
	/** How many leads each process imports before it is measured. */
	warmUp: number;
	/** How often it is run: short runs differ most, and the median of several tells more. */
	tries: number;
}

/** What came of it. */
export interface Result extends Scenario {
	/** Calls of the API. */
	calls: number;
	/** Leads that are in their campaign afterwards. */
	delivered: number;
	lost: number;
	/** ms. */
	wall: number;
	/** The least that the wall time can be: time in the server, and the pauses; ms. */
	floor: number;
	/** ms of processor time. */
	cpu: number;
	/** Bytes. */
	peakMemory: number;
	/** What the contender says about its leads. */
	account: Account;
}

export async function run(
	scenario: Scenario,
	sandbox: SandboxProcess,
	n8nFolder: string,
): Promise<Result> {
	const { contender, leads, warmUp, interval, processingTime } = scenario;
	const campaigns = campaignIds(scenario.campaigns);
	// The contender warms up without pauses, and then switches them on.
	await sandbox.prepare({ minimumInterval: 0, processingTime }, [WARM_UP_CAMPAIGN, ...campaigns]);
	const { url, apiKey } = sandbox;
	const job: Job = { contender, leads, campaigns, warmUp, interval, url, apiKey, n8nFolder };
	const measurement = await inProcess<Measurement>('./contender.mts', job);
	const report = await sandbox.report();
	const reports = campaigns.flatMap((id) => report.campaigns[String(id)] ?? []);
	const sum = (of: (report: CampaignReport) => number) =>
		reports.reduce((total, each) => total + of(each), 0);
	const delivered = sum(({ leadsStored }) => leadsStored);
	return {
		...scenario,
		...measurement,
		calls: sum(({ requests }) => requests),
		delivered,
		lost: contender === 'noOp' ? 0 : leads - delivered,
		floor: Math.max(0, ...reports.map((each) => floorOf(each, interval))),
	};
}

/** The least time for the calls that a campaign accepted: they cannot overlap. */
function floorOf({ leadRequests }: CampaignReport, interval: number): number {
	const accepted = leadRequests.filter(({ outcome }) => outcome === 'accepted');
	const inServer = accepted.reduce((total, { start, end }) => total + ((end ?? start) - start), 0);
	return inServer + interval * Math.max(0, accepted.length - 1);
}

/** For example `Voiso Leads, automatic: 10,000 leads: 10,000 delivered, 10 calls, 18.4 s, 0.3 s of CPU`. */
export function inWords({
	contender,
	leads,
	campaigns,
	delivered,
	calls,
	wall,
	cpu,
}: Result): string {
	const to = campaigns === 1 ? '' : ` to ${campaigns} campaigns`;
	const done = contender === 'noOp' ? '' : `${count(delivered)} delivered, ${count(calls)} calls, `;
	return `${contenders[contender]}, ${count(leads)} leads${to}: ${done}${seconds(wall)}, CPU ${seconds(cpu)}`;
}

export const count = (number: number): string => number.toLocaleString('en');

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
