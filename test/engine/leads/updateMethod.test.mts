import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../sandbox/index.mts';
import { people, startVoiso } from './support.mts';

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
			await using own = await startVoiso({ updateMethod, wrongMethodStatus });
			await own.store(3, people(2));
			const update = async (place: number) =>
				await own.importLeads({ input: people(1, place), parameters: { operation: 'update' } });
			const runs = [await update(0), await update(1)];

			expect(runs.map((each) => each.results[0]?.status)).toEqual(['updated', 'updated']);
			const requests = own.reportOf(3).leadRequests.slice(1);
			expect(requests.map(({ method }) => method)).toEqual(methods);
		},
	);

	it.concurrent.each(cases)(
		'%s, other methods answered with %i: an unknown campaign is called that',
		async (updateMethod, wrongMethodStatus) => {
			await using own = await startVoiso({ updateMethod, wrongMethodStatus });
			const result = await own.importLeads({
				input: people(1),
				to: 999,
				parameters: { operation: 'update' },
			});

			expect(result.error?.message).toContain('campaign 999');
			expect(result.error?.context).toBeDefined();
			expect(own.reportOf(999).leadRequests.map(({ method }) => method)).toEqual(['PUT', 'PATCH']);
		},
	);
});
