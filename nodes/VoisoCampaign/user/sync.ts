import type { INodeProperties } from 'n8n-workflow';
import { campaignInWords } from '../../shared/api/explain';
import { idOf, type Row } from '../../shared/api/pages';
import { showFor } from '../showFor';
import { addUsers } from './add';
import { perCampaign, type CampaignTask, type UserWork } from './perCampaign';
import { removeUsers } from './remove';
import { tellsAbout, type GroupFailure, type Outcomes, type Staff } from './staff';
import { toUser, userIdsProperty, type NamedUser } from './userIds';

export const description: INodeProperties[] = showFor(
	'user',
	['sync'],
	[
		{
			displayName:
				"Users not selected here are removed from the campaign. Items for the same campaign are combined. Turn on 'Dry Run' to preview.",
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
					description: 'Whether to allow removing every user from the campaign',
				},
				{
					displayName: 'Dry Run',
					name: 'dryRun',
					type: 'boolean',
					default: false,
					description: 'Whether to show what would change without changing it',
				},
			],
		},
	],
);

/** Makes the users of each campaign exactly those that its items name. */
export const execute = perCampaign(
	async (task) => {
		// The options stand for the whole campaign: those of its first item count.
		const { allowEmpty, dryRun } = task.parameter('options', {});
		const { before } = task;
		if (!before) return { outcomes: new Map(), failure: unseen(task) };
		const difference = compare(before, task.users);
		const failure = obstacleTo(task, difference, allowEmpty === true);
		if (failure) return { outcomes: new Map(), failure };
		if (dryRun === true) return preview(difference);
		return await carryOut(task, before, difference, allowEmpty === true);
	},
	{ mayBeEmpty: true },
);

/** What has to change for a campaign to have the users wanted and no others. */
interface Difference {
	/** Users that are in it and stay. */
	kept: Outcomes;
	toAdd: NamedUser[];
	toRemove: Array<NamedUser & { user: Row }>;
	/**
	 * False when the campaign's users have another kind of ID than one of those wanted: the same person
	 * might then be both added and removed.
	 */
	isComparable: boolean;
}

function compare(before: Staff, wanted: readonly NamedUser[]): Difference {
	const wantedKeys = new Set(wanted.map(({ key }) => key));
	const present = [...before];
	return {
		kept: new Map(
			present
				.filter(([key]) => wantedKeys.has(key))
				.map(([key, user]) => [key, { status: 'kept', user }]),
		),
		toAdd: wanted.filter(({ key }) => !before.has(key)),
		toRemove: present
			.filter(([key]) => !wantedKeys.has(key))
			.map(([, user]) => ({ ...toUser(idOf(user)), user })),
		isComparable: wanted.every((user) => tellsAbout(before, user)),
	};
}

function unseen({ campaign }: CampaignTask): GroupFailure {
	return because(
		campaign,
		"the API key can't read them",
		'Sync needs to know who is in the campaign: ask a Voiso administrator for an API key with the scope campaigns.read.',
	);
}

/** What forbids to go on, because too many users might be removed. */
function obstacleTo(
	{ campaign, users, unread }: CampaignTask,
	{ toRemove, isComparable }: Difference,
	allowEmpty: boolean,
): GroupFailure | undefined {
	if (toRemove.length === 0) return undefined;
	if (unread !== undefined) {
		return because(
			campaign,
			`item ${unread} couldn't be read`,
			"Without that item it's unknown who is to stay in the campaign. Correct it, and run this again.",
		);
	}
	if (!isComparable) {
		return because(
			campaign,
			'Voiso lists them by another kind of ID',
			'Use IDs in the form in which "Get Many" of the resource User returns them for this campaign.',
		);
	}
	if (users.length > 0 || allowEmpty) return undefined;
	return {
		explanation: {
			message: `No users selected, so all ${toRemove.length} would be removed from ${campaignInWords(campaign.id, campaign.name)}`,
			description:
				"To remove everyone, turn on 'Allow Empty'. Otherwise check the expression in 'User Names or IDs'.",
		},
	};
}

function because(
	campaign: CampaignTask['campaign'],
	why: string,
	description: string,
): GroupFailure {
	const message = `The users of ${campaignInWords(campaign.id, campaign.name)} weren't changed: ${why}`;
	return { explanation: { message, description } };
}

function preview({ kept, toAdd, toRemove }: Difference): UserWork {
	const outcomes: Outcomes = new Map(kept);
	for (const { key } of toAdd) outcomes.set(key, { status: 'would_add' });
	for (const { key, user } of toRemove) outcomes.set(key, { status: 'would_remove', user });
	return { outcomes, others: toRemove };
}

/** Adds before it removes, so that the campaign is never without agents on the way. */
async function carryOut(
	{ connection, campaign }: CampaignTask,
	before: Staff,
	{ kept, toAdd, toRemove }: Difference,
	allowEmpty: boolean,
): Promise<UserWork> {
	const added = await addUsers(connection, campaign, before, toAdd);
	const outcomes: Outcomes = new Map([...kept, ...added.outcomes]);
	if (added.failure) return { outcomes, failure: nobodyRemoved(added.failure) };

	const isStaffed = [...outcomes.values()].some(({ status }) => IS_IN.has(status));
	if (!isStaffed && toAdd.length > 0 && !allowEmpty) {
		for (const { key, user } of toRemove) {
			outcomes.set(key, { status: 'not_removed', reason: NOBODY_ADDED, user });
		}
		return { outcomes, others: toRemove };
	}
	const removed = await removeUsers(connection, campaign, before, toRemove);
	for (const [key, outcome] of removed.outcomes) outcomes.set(key, outcome);
	return { ...removed, outcomes, others: toRemove };
}

const IS_IN = new Set(['kept', 'added', 'already_assigned']);
const NOBODY_ADDED =
	'None of the selected users could be added, so the campaign would have been left without users.';

function nobodyRemoved({ explanation, ...rest }: GroupFailure): GroupFailure {
	const description = `${explanation.description} Nobody was removed from the campaign.`;
	return { ...rest, explanation: { ...explanation, description } };
}
