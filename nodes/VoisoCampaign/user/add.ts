import { showFor } from '../showFor';
import { addUsers } from './addUsers';
import { aboutUsers, lookAtCampaign } from './campaignUsers';
import { failed } from './outcome';
import { perCampaign } from './perCampaign';
import { userIdsProperty } from './userIds';

export const description = showFor('user', ['add'], [{ ...userIdsProperty, required: true }]);

/** Adds the users that the items name to their campaigns. */
export const execute = perCampaign(async (_context, connection, group) => {
	const look = await lookAtCampaign(connection, group.campaign);
	const chosen = look.ok ? look.campaign : group.campaign;
	const about = aboutUsers(connection, chosen, 'add users to', 'campaigns.manage');
	if (!look.ok) return failed(chosen, look.problem, about);
	const { campaign } = look;
	return { campaign, ...(await addUsers(connection, campaign, group.users, about)) };
});
