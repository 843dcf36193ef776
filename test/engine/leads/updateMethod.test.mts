import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../sandbox/index.mts';
import {
	campaign,
	importLeads,
	LEADS,
	people,
	quick,
	reportOf,
	startQuickSandbox,
	store,
} from './support.mts';

describe('the method that updates leads', () => {
	// Which method a cluster takes is remembered by its address, so each case has a sandbox of its own.
	const cases: Array<
		[SandboxOptions['updateMethod'], SandboxOptions['wrongMethodStatus'], string[]]
	> = [
		['PUT', 404, ['PUT', 'PUT']],
		['PUT', 405, ['PUT', 'PUT']],
		['PATCH', 404, ['PUT', 'PATCH', 'PATCH']],
		['PATCH', 405, ['PUT', 'PATCH', 'PATCH']],
		['both', 404, ['PUT', 'PUT']],
	];

	it.concurrent.each(cases)(
		'%s, other methods answered with %i: found with at most one call too many, and remembered',
		async (updateMethod, wrongMethodStatus, methods) => {
			const own = await startQuickSandbox({ updateMethod, wrongMethodStatus });
			try {
				await store(own, 3, people(2));
				const update = async (place: number) =>
					await importLeads({
						sandbox: own,
						input: people(1, place),
						options: quick,
						parameters: { operation: 'update' },
					});
				const runs = [await update(0), await update(1)];

				expect(runs.map((each) => each.json(LEADS)[0]?.status)).toEqual(['updated', 'updated']);
				const requests = reportOf(own, 3).leadRequests.slice(1);
				expect(requests.map(({ method }) => method)).toEqual(methods);
			} finally {
				await own.close();
			}
		},
	);

	it.concurrent.each(cases)(
		'%s, other methods answered with %i: an unknown campaign is called that',
		async (updateMethod, wrongMethodStatus) => {
			const own = await startQuickSandbox({ updateMethod, wrongMethodStatus });
			try {
				const result = await importLeads({
					sandbox: own,
					input: people(1),
					options: quick,
					parameters: { operation: 'update', campaign: campaign(999) },
				});

				expect(result.error?.message).toContain('campaign 999');
				expect(result.error?.context).toBeDefined();
				expect(reportOf(own, 999).leadRequests.map(({ method }) => method)).toEqual([
					'PUT',
					'PATCH',
				]);
			} finally {
				await own.close();
			}
		},
	);
});
