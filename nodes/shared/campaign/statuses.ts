import type { INodePropertyOptions } from 'n8n-workflow';
import { statusOf } from '../api/campaigns';
import type { Row } from '../api/pages';

/** A status of a campaign, in Voiso's words. */
interface CampaignStatus extends INodePropertyOptions {
	value: string;
	/** The campaign leaves it by itself, and soon. */
	isTransitional?: true;
	/** The campaign calls nobody, until somebody starts it. */
	isOff?: true;
}

/** @see https://developers.voiso.com (v4, Campaigns) */
const STATUSES: readonly CampaignStatus[] = [
	{ name: 'Active', value: 'active' },
	{ name: 'Auto Paused', value: 'auto_paused' },
	{ name: 'Auto Pausing', value: 'auto_pausing', isTransitional: true },
	{ name: 'Completed', value: 'completed', isOff: true },
	{ name: 'Draft', value: 'draft', isOff: true },
	{ name: 'Import Error', value: 'import_error', isOff: true },
	{ name: 'Paused', value: 'paused' },
	{ name: 'Pausing', value: 'pausing', isTransitional: true },
	{ name: 'Processing', value: 'processing', isTransitional: true },
	{ name: 'Stopped', value: 'stopped', isOff: true },
	{ name: 'Stopping', value: 'stopping', isTransitional: true },
];

/** The statuses that Voiso documents, as a list to select from. */
export const statusOptions: INodePropertyOptions[] = STATUSES.map(({ name, value }) => ({
	name,
	value,
}));

/** A status in Voiso's words, such as `Auto Paused`; one that isn't documented as it is. */
export function statusName(status: string): string {
	return find(status)?.name ?? status;
}

/** Whether a campaign leaves the status by itself, and soon. */
export function isTransitional(status: string): boolean {
	return find(status)?.isTransitional === true;
}

/**
 * Whether a campaign can call somebody now or later without being started first. So can one whose status
 * isn't known; one that isn't live calls too, but takes no leads.
 */
export function mayCall(campaign: Row): boolean {
	return find(statusOf(campaign))?.isOff !== true;
}

function find(status: string): CampaignStatus | undefined {
	return STATUSES.find(({ value }) => value === status);
}
