import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { campaign, LEADS, mixed, people, phone, voisoForTests } from './support.mts';

const { expectUnasked, importLeads, newCampaign, sandbox, store } = await voisoForTests();

test('shows each lead as it would be sent, and sends nothing', async () => {
	const { hints, results, statuses } = await importLeads({
		input: mixed,
		options: { dryRun: true },
	});

	expect(statuses).toEqual(['ready', 'ready', 'ready', 'invalid', 'repeated']);
	expect(results[0]?.lead).toEqual({ phone_number: phone(0), name: 'Created' });
	expectUnasked();
	expect(hints(LEADS)[0]?.message).toContain('3 ready');
});

test('says so of a campaign that takes no leads', async () => {
	const id = newCampaign({ live: false });
	const { error } = await importLeads({ input: mixed, options: { dryRun: true }, to: id });

	expect(error?.message).toContain(`campaign ${id}`);
	expectUnasked();
});

/** Stands in front of the sandbox and keeps what lead requests carried that Voiso accepted. */
async function recorder() {
	const sent: Array<{ method: string; leads: unknown[] }> = [];
	const server = createServer(async (request, response) => {
		const { method = 'GET', url = '/', headers } = request;
		const body = await text(request);
		const answer = await fetch(new URL(url, sandbox.url), {
			method,
			headers: { authorization: String(headers.authorization), 'content-type': 'application/json' },
			...(body !== '' && { body }),
		});
		if (url.endsWith('/leads') && answer.ok) sent.push({ method, leads: JSON.parse(body) });
		response.writeHead(answer.status, { 'content-type': 'application/json' });
		response.end(await answer.text());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const close = () => {
		server.closeAllConnections();
		server.close();
	};
	return { sent, close, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const number = fc.constantFrom(
	...[phone(0), `+${phone(1)}`, phone(1), '07700 900123', 'none', '', '12', phone(2), phone(3)],
);
const row = fc.record(
	{
		phone: number,
		name: fc.constantFrom('Ann', 'Bo', ''),
		priority: fc.constantFrom(1, 7, 'high', ''),
		source_url: fc.constantFrom('https://crm.example/1', 'javascript:1', ''),
		context_headers: fc.constantFrom({ 'X-Tier': 'gold' }, { 'X-Tier': 'silver' }, { No: 'x' }),
		is_live: fc.boolean(),
	},
	{ requiredKeys: ['phone', 'is_live'] },
);

test.each<[string, INodeParameters]>([
	['add', {}],
	['update', {}],
	['upsert', {}],
	['deactivate', {}],
	['deactivate', { scope: 'allCampaigns' }],
])('what is ready is exactly what the run sends: %s %j', async (operation, more) => {
	const { sent, close, url } = await recorder();
	const isAdd = operation === 'add' || operation === 'upsert';
	const isSent = ({ method }: { method: string }) => (method === 'POST') === isAdd;
	const once = (leads: unknown[]) => [...new Set(leads.map((lead) => JSON.stringify(lead)))].sort();
	await fc.assert(
		fc.asyncProperty(
			fc.array(row, { minLength: 1, maxLength: 8 }),
			fc.constantFrom('', 'GB'),
			fc.integer({ min: 1, max: 4 }),
			async (input: IDataObject[], defaultCountry, batchSize) => {
				sandbox.reset();
				for (const { id } of sandbox.state().campaigns) sandbox.deleteCampaign(id);
				const live = newCampaign();
				const other = newCampaign({ live: false, status: 'stopped' });
				await store(live, [{ phone_number: phone(1) }, { phone_number: phone(2) }]);
				sent.length = 0;
				const of = `={{ $json.is_live ? ${live} : ${other} }}`;
				const parameters = { operation, campaign: campaign(of), defaultCountry, ...more };
				const run = async (options: INodeParameters) =>
					await importLeads({
						clusterId: url,
						input,
						parameters,
						options: { batchSize, ...options },
						node: { onError: 'continueRegularOutput' },
					});

				const dry = (await run({ dryRun: true })).results;
				const [summary] = (await run({ dryRun: true, output: 'summary' })).results;
				expect(sent).toEqual([]);
				const real = (await run({})).results;

				const ready = dry.filter(({ status }) => status === 'ready');
				const carried = sent.filter(isSent).flatMap(({ leads }) => leads);
				expect(once(ready.map(({ lead }) => lead))).toEqual(once(carried));
				// Of the others, the dry run says what the run does.
				const unsent = new Set(['invalid', 'repeated']);
				const others = (output: IDataObject[]) =>
					output.map(({ status }) => (unsent.has(String(status)) ? status : 'sent'));
				expect(others(dry)).toEqual(others(real));
				if (more.scope === undefined && ready.length > 0) {
					const ofLive = dry.filter(({ campaign_id }) => campaign_id === summary?.campaign_id);
					const isReady = ({ status }: IDataObject) => status === 'ready';
					expect(summary).toMatchObject({ ready: ofLive.filter(isReady).length });
				}
			},
		),
		{ numRuns: 10 },
	);
	close();
});

test('a summary tells how many are ready, and what the run takes', async () => {
	const input = [...mixed, ...people(5, 10)];
	const options = { dryRun: true, output: 'summary', batchSize: 3, minimumInterval: 2 };
	const [summary] = (await importLeads({ input, options })).results;
	const expected = { campaign_id: 3, leads: 10, ready: 8, invalid: 1, repeated: 1, created: 0 };
	expect(summary).toMatchObject({ ...expected, requests: 3, seconds: 4 });
	await importLeads({ input, options: { batchSize: 3 } });
	expect(sandbox.report().campaigns[3]?.leadsSent).toBeGreaterThanOrEqual(8);
});
