/** What one run of a contender is to do. */
export interface Job {
	contender: ContenderName;
	leads: number;
	/** Ids of the campaigns, in the sandbox, that the leads are for. */
	campaigns: number[];
	/** How many leads the process imports before it is measured. */
	warmUp: number;
	/** Pause between two calls of a campaign, in ms. */
	interval: number;
	/** The sandbox. */
	url: string;
	apiKey: string;
	/** The folder of the n8n install whose engine and nodes are used. */
	n8nFolder: string;
}

/** The contenders, in the order in which they are shown. */
export const contenders = {
	mapped: 'Voiso Leads, mapped by hand',
	computed: 'Voiso Leads, computed expressions',
	automatic: 'Voiso Leads, automatic',
	file: 'Voiso Leads, CSV file',
	loop: 'Loop + Aggregate + HTTP Request + Wait',
	loopComputed: 'The same loop, computed expressions',
	perItem: 'HTTP Request per item',
	axios: 'axios script',
	bare: 'A node that does nothing but send',
	noOp: 'No Operation',
} as const;

export type ContenderName = keyof typeof contenders;

/** The contenders that run in n8n's engine. */
export type WorkflowName = Exclude<ContenderName, 'axios'>;

/** What a contender says about its own leads: status → how many. */
export type Account = Record<string, number>;

/** Whether it is this package's node. */
export const isOurs = (name: ContenderName): boolean =>
	name === 'mapped' || name === 'computed' || name === 'automatic' || name === 'file';
