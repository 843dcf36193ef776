import { showFor } from '../showFor';
import { aboutUsers, lookAtCampaign } from './campaignUsers';
import { failed } from './outcome';
import { perCampaign } from './perCampaign';
import { removeUsers } from './removeUsers';
import { userIdsProperty } from './userIds';

export const description = showFor('user', ['remove'], [{ ...userIdsProperty, required: true }]);

/** Takes the users that the items name out of their campaigns. */
export const execute = perCampaign(async (_context, connection, group) => {
	const look = await lookAtCampaign(connection, group.campaign);
	const chosen = look.ok ? look.campaign : group.campaign;
	const about = aboutUsers(connection, chosen, 'remove users from', 'campaigns.manage');
	if (!look.ok) return failed(chosen, look.problem, about);
	const { campaign } = look;
	return { campaign, ...(await removeUsers(connection, campaign, group.users, about)) };
});
