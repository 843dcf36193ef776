import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { statusOf } from '../../shared/api/campaigns';
import { connect } from '../../shared/api/connection';
import { idOf } from '../../shared/api/pages';
import { readCampaigns, toJson } from './campaigns';
import { readWatchSettings } from './settings';

/**
 * The sample of a test in the editor: a campaign as it is now, as if its status had just changed. What
 * the active workflow remembers stays as it is.
 *
 * @throws NodeApiError, or NodeOperationError when there is no campaign
 */
export async function exampleChange(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const node = context.getNode();
	const settings = readWatchSettings(node, (name) => context.getNodeParameter(name, 0));
	const campaigns = await readCampaigns(context, await connect(context));
	const watched = campaigns.filter((each) => settings.isWatched(idOf(each)));
	const wanted = watched.find((campaign) => settings.isWanted(statusOf(campaign)));
	const campaign = wanted ?? watched[0];
	if (campaign === undefined) {
		throw new NodeOperationError(node, 'There is no campaign to show as sample data', {
			description:
				campaigns.length === 0
					? "This API key can't access any campaigns."
					: 'The selected campaigns no longer exist. Select others.',
		});
	}
	context.addExecutionHints({
		message: `Sample data: the campaign is real, previous_status is an example.${
			wanted ? '' : ' No campaign has a status now that would trigger the workflow.'
		}`,
		type: wanted ? 'info' : 'warning',
		location: 'outputPane',
	});
	const previousStatus = statusOf(campaign) === 'active' ? 'paused' : 'active';
	return [{ json: toJson({ campaign, previousStatus }, settings), pairedItem: { item: 0 } }];
}
