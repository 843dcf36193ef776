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

	// What docs/decisions/put-then-patch.md says of requests and time; INTERVAL=2 keeps Voiso's own pace.
	it.concurrent.each([
		['PUT', 'not_found', ['PUT', 10]],
		['PATCH', 'not_found', ['PUT', 1, 'PATCH', 10]],
		['neither', 'error', ['PUT', 1, 'PATCH', 1]],
	] as const)(
		'ten batches of 100 updates where it is %s: %s',
		async (updateMethod, status, requests) => {
			const minimumInterval = Number(process.env.INTERVAL ?? 0) * 1000;
			const pace = { minimumInterval, wrongMethodStatus: 405 } as const;
			const method = updateMethod === 'neither' ? 'PUT' : updateMethod;
			await using own = await startVoiso({ ...pace, updateMethod: method });
			if (updateMethod === 'neither') own.strike(3, { kind: 'status', status: 405 });
			const { counts } = await own.importLeads({
				input: people(1000),
				parameters: { operation: 'update' },
				options: { batchSize: 100 },
				node: { onError: 'continueRegularOutput' },
			});

			expect(counts).toEqual({ [status]: 1000 });
			const methods = own.reportOf(3).leadRequests.map((request) => request.method);
			const made = Object.groupBy(methods, (each) => each);
			expect(Object.entries(made).flatMap(([name, all]) => [name, all?.length])).toEqual(requests);
		},
		60_000,
	);
});
