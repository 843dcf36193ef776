import type { Sandbox } from '../../sandbox/index.mts';
import type { RunResult } from '../harness/index.mts';
import { byId, type outputOf, run, type Run } from './support.mts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What tests of the users of campaigns do again and again. */
export function userTools(sandbox: Sandbox) {
	return {
		/** Runs an operation on users; each item names its campaign and users. */
		staff: async (
			operation: string,
			items: Array<{ c?: Json; u?: Json }>,
			more: Run = {},
		): Promise<RunResult> =>
			await run(
				sandbox,
				{
					resource: 'user',
					operation,
					campaign: byId('={{ $json.c }}'),
					userIds: '={{ $json.u }}',
				},
				{ input: items, ...more },
			),

		usersOf: (campaignId: number) =>
			sandbox.state().campaigns.find(({ id }) => id === campaignId)?.users ?? [],

		/** The ID of a user as the sandbox gives it at the moment. */
		id: (number: number): number | string => {
			const user = sandbox.state().users.find((each) => each.id === number);
			if (!user) throw new Error(`The sandbox has no user ${number}`);
			return sandbox.options.userIds === 'uuid' ? user.uuid : user.id;
		},
	};
}

export const idsTo = (count: number, from = 1) => Array.from({ length: count }, (_, i) => from + i);

export const shortened = (output: ReturnType<typeof outputOf>) =>
	output.map((each) => [each.item, each.user_id, each.status]);
