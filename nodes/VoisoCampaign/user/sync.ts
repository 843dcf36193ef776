import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Connection } from '../../shared/api/connection';
import { campaignInWords } from '../../shared/api/explain';
import { showFor } from '../showFor';
import { addUsers } from './addUsers';
import { aboutUsers, lookAtCampaign, readUsers, type StaffedCampaign } from './campaignUsers';
import { compare, type Difference } from './compare';
import type { Group } from './groups';
import { failed, type GroupFailure, type GroupResult, type Outcomes } from './outcome';
import { perCampaign } from './perCampaign';
import { removeUsers } from './removeUsers';
import { userIdsProperty, type NamedUser } from './userIds';

export const description: INodeProperties[] = showFor(
	'user',
	['sync'],
	[
		{
			displayName:
				'Afterwards the campaign has the users named here and no others. Items for the same campaign are taken together. Try it with the option Dry Run first.',
			name: 'syncNotice',
			type: 'notice',
			default: '',
		},
		userIdsProperty,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Allow Empty',
					name: 'allowEmpty',
					type: 'boolean',
					default: false,
					description:
						'Whether the campaign may be left without users. Otherwise that is an error and nobody is removed.',
				},
				{
					displayName: 'Dry Run',
					name: 'dryRun',
					type: 'boolean',
					default: false,
					description: 'Whether to show what would be done without doing it',
				},
			],
		},
	],
);

interface SyncOptions {
	allowEmpty: boolean;
	dryRun: boolean;
}

/** Makes the users of each campaign exactly those that its items name. */
export const execute = perCampaign(
	async (context, connection, group) => {
		const look = await lookAtCampaign(connection, group.campaign);
		const chosen = look.ok ? look.campaign : group.campaign;
		const about = aboutUsers(connection, chosen, 'read the users of', 'campaigns.read');
		if (!look.ok) return failed(chosen, look.problem, about);
		const list = await readUsers(connection, group.campaign.id);
		if (!list.ok) return failed(chosen, list.problem, about);

		const { campaign } = look;
		const options = readOptions(context, group);
		const difference = compare(list.rows, group.users);
		const obstacle = obstacleTo(group, difference, campaign, options);
		if (obstacle) return { campaign, outcomes: new Map(), failure: obstacle };
		return options.dryRun
			? preview(campaign, difference)
			: await carryOut(connection, campaign, difference, options);
	},
	{ mayBeEmpty: true },
);

/** The options stand for the whole campaign: those of its first item count. */
function readOptions(context: IExecuteFunctions, { items }: Group): SyncOptions {
	const [item = 0] = items.keys();
	const given = context.getNodeParameter('options', item, {}) as IDataObject;
	return { allowEmpty: given.allowEmpty === true, dryRun: given.dryRun === true };
}

/** What forbids to go on, because too many users might be removed. */
function obstacleTo(
	{ users, unread }: Group,
	{ toRemove, isComparable }: Difference,
	campaign: StaffedCampaign,
	{ allowEmpty }: SyncOptions,
): GroupFailure | undefined {
	const where = campaignInWords(campaign.id, campaign.name);
	if (unread !== undefined) {
		return because(
			`The users of ${where} were not changed: item ${unread} for the same campaign could not be read`,
			'Without that item it is not known who is to stay. Correct it, then run this again.',
		);
	}
	if (!isComparable) {
		return because(
			`The users of ${where} were not changed: Voiso lists them by another kind of ID than the one given`,
			'Give IDs in the form in which "Get Many" of the resource User shows them for this campaign.',
		);
	}
	if (users.length > 0 || allowEmpty || toRemove.length === 0) return undefined;
	return because(
		`The users of ${where} were not changed: no user is named, and all ${toRemove.length} would have been removed`,
		'If that is meant, switch on the option Allow Empty. Otherwise check the expression for the users.',
	);
}

function because(message: string, description: string): GroupFailure {
	return { explanation: { message, description } };
}

function preview(campaign: StaffedCampaign, { kept, toAdd, toRemove }: Difference): GroupResult {
	const outcomes: Outcomes = new Map(kept);
	for (const { key } of toAdd) outcomes.set(key, { status: 'would_add' });
	for (const { key, user } of toRemove) outcomes.set(key, { status: 'would_remove', user });
	return { campaign, outcomes, others: toRemove };
}

/** Adds before it removes, so that the campaign is never without agents on the way. */
async function carryOut(
	connection: Connection,
	campaign: StaffedCampaign,
	{ kept, toAdd, toRemove }: Difference,
	{ allowEmpty }: SyncOptions,
): Promise<GroupResult> {
	const aboutAdding = aboutUsers(connection, campaign, 'add users to', 'campaigns.manage');
	const added = await addUsers(connection, campaign, toAdd, aboutAdding);
	const outcomes: Outcomes = new Map([...kept, ...added.outcomes]);
	if (added.failure) return { campaign, outcomes, failure: nobodyRemoved(added.failure) };

	const isStaffed = [...outcomes.values()].some(({ status }) => IS_IN.has(status));
	if (!isStaffed && toAdd.length > 0 && !allowEmpty) return keepAll(campaign, outcomes, toRemove);

	const aboutRemoving = aboutUsers(connection, campaign, 'remove users from', 'campaigns.manage');
	const removed = await removeUsers(connection, campaign, toRemove, aboutRemoving);
	for (const [key, outcome] of removed.outcomes) {
		const user = outcome.user ?? toRemove.find((each) => each.key === key)?.user;
		outcomes.set(key, { ...outcome, ...(user && { user }) });
	}
	return {
		campaign,
		outcomes,
		others: toRemove,
		...(removed.failure && { failure: removed.failure }),
	};
}

const IS_IN = new Set(['kept', 'added', 'already_assigned']);

function nobodyRemoved({ explanation, ...rest }: GroupFailure): GroupFailure {
	const description = `${explanation.description} Nobody was removed from the campaign.`;
	return { ...rest, explanation: { ...explanation, description } };
}

function keepAll(
	campaign: StaffedCampaign,
	outcomes: Outcomes,
	toRemove: Difference['toRemove'],
): GroupResult {
	const reason =
		'None of the users named could be added, so the campaign would have been left empty';
	for (const { key, user } of toRemove) outcomes.set(key, { status: 'not_removed', reason, user });
	const others: NamedUser[] = toRemove;
	return { campaign, outcomes, others };
}
