import { expect, test } from 'vitest';
import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/index.mts';
import { expectTexts, type Situations, type Told } from '../harness/texts.mts';
import { csv, importFile } from './file/support.mts';
import {
	campaign,
	mixed,
	people,
	phone,
	startVoiso,
	voisoForTests,
	type Import,
} from './support.mts';

const voiso = await voisoForTests();
const { importLeads, newCampaign, sandbox, store, strike } = voiso;

const CONTINUE = { onError: 'continueRegularOutput' } as const;

/** The campaign of a situation: one of its own, since a process remembers for how long to hold back. */
let id = 100;

/** Two people into that campaign, unless told otherwise; nothing of what is stored holds the key. */
async function run(more: Partial<Import> = {}): Promise<Told> {
	const options = { maxWait: 0, ...more.options };
	const result = await importLeads({ input: people(2), to: id, ...more, options });
	expect(JSON.stringify(result.run)).not.toContain(more.apiKey?.trim() || sandbox.apiKey);
	return result;
}

/** An import into a campaign that does this. */
async function struck(fault: Fault, more: Partial<Import> = {}): Promise<Told> {
	strike(id, fault);
	return await run({ input: people(4), ...more, options: { batchSize: 2, ...more.options } });
}

const chosen: Situations = {
	'no campaign': async () => await run({ to: '={{ $json.nothing }}' }),
	'no campaign for one item, with Continue': async () => {
		const input = people(3).map((lead, index) => ({ ...lead, to: index === 1 ? '' : 3 }));
		return await run({ input, to: '={{ $json.to }}', node: CONTINUE });
	},
	'an unknown campaign': async () => await run({ to: 999 }),
	'a name that no campaign has': async () =>
		await run({ parameters: { campaign: campaign('spring', 'name') } }),
	'a name as an ID': async () => await run({ to: '={{ "Spring Sale" }}' }),
	'a campaign that is not live': async () => {
		const cachedResultName = '● Active, not live · Payment reminders (9)';
		const chosen = { ...Object(campaign(9, 'list')), cachedResultName };
		return await run({ parameters: { campaign: chosen } });
	},
	'a campaign that is stopped': async () =>
		await struck({
			kind: 'status',
			status: 422,
			body: { errors: { base: ['Campaign is stopped'] } },
		}),
};

const credential: Situations = {
	'a wrong key': async () => await run({ apiKey: 'wrong-key-of-somebody' }),
	'a key without campaigns.manage': async () => await run({ apiKey: sandbox.apiKeys.readOnly }),
	'no key': async () => await run({ apiKey: ' ' }),
	'an unencrypted address': async () => await run({ clusterId: 'http://cc-ams03.voiso.com' }),
	'a cluster that cannot be reached': async () => {
		const gone = await startVoiso();
		await gone.sandbox.close();
		return await run({ clusterId: gone.sandbox.url });
	},
};

const options: Situations = Object.fromEntries(
	[
		['batchSize', 0],
		['batchSize', 1001],
		['batchSize', 2.5],
		['batchSize', '={{ "many" }}'],
		['minimumInterval', -1],
		['minimumInterval', 2000],
		['maxWait', 86401],
		['output', '={{ "all" }}'],
		['rejectedLeads', '={{ "fail" }}'],
		['includeInputFields', '={{ "maybe" }}'],
		['dryRun', '={{ "maybe" }}'],
	].map(([name, value]) => [
		`the option ${name} is ${value}`,
		async () => await run({ options: { [String(name)]: value } }),
	]),
);

const busy = { errors: { base: ['The previous leads import is still being processed'] } };
const faults: Situations = Object.fromEntries(
	Object.entries<Fault>({
		'a server error': { kind: 'status', status: 500 },
		'too many requests': { kind: 'status', status: 429 },
		'busy with the previous import': { kind: 'status', status: 409, body: busy },
		'a web page': { kind: 'html' },
		'a broken connection': { kind: 'reset' },
		'a response that is too large': { kind: 'large' },
		'half a response': { kind: 'cutOff' },
		'a redirect': { kind: 'redirect', status: 302 },
		'a wait of years': { kind: 'status', status: 429, headers: { 'retry-after': '999999999' } },
		'the key is revoked midway': { kind: 'status', status: 401, skip: 1 },
		'the key loses its scope midway': { kind: 'status', status: 403, skip: 1 },
		'the campaign is deleted midway': { kind: 'status', status: 404, skip: 1 },
		'a bad request midway': { kind: 'status', status: 400, skip: 1 },
	}).flatMap(([name, fault]) => [
		[`${name}: Stop Workflow`, async () => await struck(fault)],
		[`${name}: Continue`, async () => await struck(fault, { node: CONTINUE })],
	]),
);

const results: Situations = {
	'the results of leads': async () => {
		await store(id, [{ phone_number: phone(1) }]);
		return await run({ input: mixed });
	},
	'with Dry Run': async () => await run({ input: mixed, options: { dryRun: true } }),
	'rejected leads as errors': async () =>
		await run({ input: mixed, options: { rejectedLeads: 'error' } }),
	'rejected leads as errors, with Continue': async () =>
		await run({ input: mixed, options: { rejectedLeads: 'error' }, node: CONTINUE }),
	'a lost response': async () =>
		await struck({ kind: 'reset', when: 'after', times: 1 }, { options: { maxWait: 300 } }),
	'a response without any list': async () =>
		await struck({ kind: 'status', status: 200, body: { leads_import: {} } }),
	'an update that Voiso calls a duplicate': async () =>
		await struck(
			{ kind: 'status', status: 200, body: { leads_update: { duplicates: [phone(0)] } } },
			{ parameters: { operation: 'update' }, options: { batchSize: 9 } },
		),
	'an update of leads that are not there': async () =>
		await run({ parameters: { operation: 'update' }, options: { rejectedLeads: 'error' } }),
	'an update with nothing to change': async () =>
		await run({ parameters: { operation: 'update' }, input: [{ phone_number: phone(0) }] }),
	'poisoned leads that Voiso does not name': async () => {
		Object.assign(sandbox.options, { poisonDetail: 'nothing', poisonNumbers: [phone(1)] });
		return await run();
	},
	'national numbers without a country': async () =>
		await run({ input: ['07911 123456', '07911 123457'].map((number) => ({ phone: number })) }),
	'a country that is none': async () => await run({ parameters: { defaultCountry: 'Atlantis' } }),
};

const stopCalling = async (more: Partial<Import> = {}) =>
	await run({ ...more, parameters: { operation: 'deactivate', scope: 'allCampaigns' } });
const deactivate: Situations = {
	'stop calling: a campaign that takes no leads could still call': async () =>
		await stopCalling({ node: CONTINUE }),
	'stop calling: campaigns that call nobody and take no leads': async () => {
		for (const id of [2, 8, 9]) sandbox.deleteCampaign(id);
		sandbox.addCampaigns({ id: 900, status: 'stopped', live: false });
		return await stopCalling();
	},
	'stop calling: some campaigns fail': async () => {
		for (const id of [2, 8, 9]) sandbox.deleteCampaign(id);
		strike(6, { kind: 'status', status: 500 });
		strike(7, { kind: 'status', status: 403 });
		return await stopCalling();
	},
	'stop calling: a campaign rejects a number or leaves it out': async () => {
		for (const id of [2, 8, 9]) sandbox.deleteCampaign(id);
		strike(6, { kind: 'status', status: 200, body: { leads_update: { rejected: [phone(0)] } } });
		return await stopCalling();
	},
	'stop calling: the campaigns cannot be listed': async () =>
		await stopCalling({ apiKey: sandbox.apiKeys.manageOnly }),
	'stop calling: a scope that is none': async () =>
		await run({ parameters: { operation: 'deactivate', scope: '={{ "everywhere" }}' } }),
};

const getStatus: Situations = Object.fromEntries(
	[403, 404].map((status) => [
		`get status: it is off, ${status}`,
		async () => {
			Object.assign(sandbox.options, { contactStatus: status });
			return await run({ parameters: { operation: 'getStatus' } });
		},
	]),
);

const json: Situations = Object.fromEntries(
	[
		['text', 'Here are your leads:'],
		['broken JSON', '[\n{"phone": "1",}]'],
		['a number', 5],
		['nothing', null],
		['a list of lists', [[]]],
		['a list with null', [null]],
		['leads without a number', [{ name: 'Ann', id: 7 }]],
	].map(([name, value]) => [
		`JSON: ${String(name)}`,
		async () =>
			await run({
				input: [{ value }],
				parameters: { inputMode: 'json', leadsJson: '={{ $json.value }}' },
			}),
	]),
);
const noColumn: Situations = {
	'items without a column for the number': async () =>
		await run({ input: [{ Firma: 'Acme', number: 'INV-7' }] }),
};

const good = (place: number) => `${phone(place)},Ann ${place}`;
const files: Situations = Object.fromEntries(
	Object.entries<[string | Uint8Array, INodeParameters?]>({
		'rows that are broken': [
			[
				...['Phone,Name', good(0), phone(5), `${good(5)},x,y`, `${phone(5)},"Bob" x`, good(1)],
				...[`${phone(5)},B\0b`, 'Phone,Name', '1.5555E+10,Bob', good(0), `${phone(6)},"Bob`],
			].join('\n'),
		],
		'a line that is too long': [`Phone,Name\n${phone(5)},${'x'.repeat(100_001)}\n${good(1)}`],
		empty: [''],
		XLSX: [Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0])],
		HTML: ['<!DOCTYPE html><html><body>Sign in</body></html>'],
		JSON: [JSON.stringify(people(2))],
		'a header with an open quote': [`"Phone\n${phone(0)}`],
		'no column for the number': ['City,Company\nLeeds,Acme\n'],
		'no header': [`${phone(0)}\n${phone(1)}\n`],
		'another field': [csv(people(1)), { inputDataFieldName: 'file' }],
		'a column that is not there': [
			csv(people(1)),
			{ fileMapping: 'manual', phoneNumberColumn: 'Mobile' },
		],
		'no column named': [csv(people(1)), { fileMapping: 'manual', phoneNumberColumn: ' ' }],
		'a campaign in a column that is not there': [
			csv(people(1)),
			{ campaignFrom: 'column', campaignColumn: 'Campaign' },
		],
		'campaigns in a column': [
			csv(['5', '', 'None'].map((to, place) => ({ phone_number: phone(place), to }))),
			{ campaignFrom: 'column', campaignColumn: 'to' },
		],
	}).map(([name, [content, parameters = {}]]) => [
		`a file: ${name}`,
		async () => {
			const result = await importFile(voiso, { files: [content], to: id, parameters });
			if (result.error) return result;
			const rows = await result.rows();
			const told = rows.filter(({ voiso_reason }) => voiso_reason);
			return { hints: () => [...result.hints(), ...told.map(asHint)] };
		},
	]),
);
const failedFile: Situations = {
	'a file: requests fail': async () => {
		strike(id, { kind: 'status', status: 400 });
		return await importFile(voiso, {
			files: [csv(people(100))],
			to: id,
			options: { batchSize: 2, maxWait: 0 },
		});
	},
};

const asHint = ({ voiso_status = '', voiso_reason = '' }) =>
	({ type: 'info', message: `[row, ${voiso_status}] ${voiso_reason}` }) as const;

// An older n8n has words of its own.
test.skipIf(process.env.N8N_ENGINE_FOLDER)(
	'all that Voiso Leads tells a user',
	async () => {
		const some = { ...chosen, ...credential, ...options, ...faults, ...results, ...deactivate };
		const situations = { ...some, ...getStatus, ...json, ...noColumn, ...files, ...failedFile };
		const fresh = Object.entries(situations).map(([name, situation]) => [
			name,
			async () => {
				sandbox.reset();
				newCampaign({ id: ++id });
				return await situation();
			},
		]);
		await expectTexts(Object.fromEntries(fresh), './texts.txt', () => {
			const { requests } = sandbox.report({ leads: false }).totals;
			return `    [lead requests: ${requests}]`;
		});
	},
	180_000,
);
