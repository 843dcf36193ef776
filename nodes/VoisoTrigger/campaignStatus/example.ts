import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { statusOf } from '../../shared/api/campaigns';
import { connect } from '../../shared/api/connection';
import { idOf } from '../../shared/api/pages';
import { readCampaigns, toJson } from './campaigns';
import { readWatchSettings } from './settings';

/**
 * What a test in the editor shows: a campaign as it is now, as if its status had just changed. What
 * the active workflow remembers is left alone.
 *
 * @throws NodeApiError, or NodeOperationError when there is no campaign to show
 */
export async function exampleChange(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const node = context.getNode();
	const settings = readWatchSettings(node, (name) => context.getNodeParameter(name, 0));
	const campaigns = await readCampaigns(context, await connect(context));
	const watched = campaigns.filter((each) => settings.isWatched(idOf(each)));
	const wanted = watched.find((campaign) => settings.isWanted(statusOf(campaign)));
	const campaign = wanted ?? watched[0];
	if (campaign === undefined) {
		throw new NodeOperationError(node, 'There is no campaign to show as an example', {
			description:
				campaigns.length === 0
					? 'The API key sees no campaign at all.'
					: 'None of the chosen campaigns is there any more. Choose others.',
		});
	}
	context.addExecutionHints({
		message: `An example: this campaign and its status are real, previous_status is made up.${
			wanted ? '' : ' No campaign has a status now that would start the workflow.'
		}`,
		location: 'outputPane',
	});
	const previousStatus = statusOf(campaign) === 'active' ? 'paused' : 'active';
	return [{ json: toJson({ campaign, previousStatus }, settings), pairedItem: { item: 0 } }];
}
