import type { IRun } from 'n8n-workflow';
import { test } from 'vitest';
import type { Fault } from '../../sandbox/index.mts';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { testCredential } from '../harness/credentialTest.mts';
import { loadOptions } from '../harness/loadMethods.mts';
import { PollingWorkflow } from '../harness/pollingWorkflow.mts';
import { expectTexts, thrownBy, type Situations, type Told } from '../harness/texts.mts';
import { listen, SECRET, unusableFilters, unusableSettings, watch, watching } from './support.mts';

const sandbox = await sandboxForTests();

const { noScopes, manageOnly } = sandbox.apiKeys;

/** A failure that asks for a longer wait than a poll has. */
const failing = (status: number): Fault => ({
	kind: 'status',
	status,
	headers: { 'retry-after': '600' },
});

/** What is wrong with an account, by what stands in its credential. */
const accounts: Record<string, { url?: string; apiKey?: string }> = {
	'a wrong key': { apiKey: 'wrong-key-of-somebody' },
	'a key without any scope': { apiKey: noScopes },
	'a key that may not read campaigns': { apiKey: manageOnly },
	'no key': { apiKey: ' ' },
	'no cluster ID': { url: '' },
	'an unencrypted address': { url: 'http://cc-ams03.voiso.com' },
};

const activation: Situations = Object.fromEntries([
	...unusableSettings.map((parameters) => [
		`campaign status: ${JSON.stringify(parameters)}`,
		async () => await thrownBy(watch(sandbox, parameters).activate()),
	]),
	...Object.entries(accounts).map(([name, account]) => [
		`campaign status: ${name}`,
		async () => await thrownBy(watch({ ...sandbox, ...account }).activate()),
	]),
	...unusableFilters.map((parameters) => [
		`event: ${JSON.stringify(parameters)}`,
		async () => await thrownBy(listen(parameters).activate()),
	]),
	['event: no secret', async () => await thrownBy(listen({}, { secret: ' ' }).activate())],
]);

const faults: Record<string, Fault> = {
	...Object.fromEntries(
		[400, 401, 403, 404, 429, 500, 503].map((status) => [String(status), failing(status)]),
	),
	'a web page': { kind: 'html' },
	'a broken connection': { kind: 'reset' },
	'a list that ends early': { kind: 'list', lie: 'emptyPages' },
	'a list that begins anew with each page': { kind: 'list', lie: 'ignoredOffset' },
};

const polls: Situations = Object.fromEntries(
	Object.entries(faults).map(([name, fault]) => [
		`a poll meets ${name}`,
		async () => {
			sandbox.addCampaigns(...Array.from({ length: 240 }, () => ({ status: 'paused' as const })));
			const workflow = watch(sandbox);
			await workflow.activate();
			sandbox.faults.add(fault);
			await workflow.poll();
			return { thrown: workflow.errors[0] };
		},
	]),
);

/** What somebody sees who tests the step. */
function shown({ data: { resultData } }: IRun): Told {
	const { runData, error } = resultData;
	const hints = () => Object.values(runData).flatMap(([task]) => task?.hints ?? []);
	return { runData, hints, ...(error && { error }) };
}

const step: Situations = {
	'a test of the step': async () => shown((await watch(sandbox).test()).run),
	'a test of the step: no campaign has the status': async () => {
		const parameters = { newStatus: 'chosen', statuses: ['stopping'] };
		return shown((await watch(sandbox, parameters).test()).run);
	},
	'a test of the step: the campaigns are gone': async () => {
		const parameters = { campaigns: 'chosen', campaignIds: [99] };
		return shown((await watch(sandbox, parameters).test()).run);
	},
	'a test of the step: there is no campaign': async () => {
		for (const { id } of sandbox.state().campaigns) sandbox.deleteCampaign(id);
		return shown((await watch(sandbox).test()).run);
	},
	'a test of the step: a wrong key': async () =>
		shown((await watch({ ...sandbox, apiKey: 'wrong' }).test()).run),
	'a test of the step: a wrong key, with Continue': async () => {
		const definition = watching({ ...sandbox, apiKey: 'wrong' });
		Object.assign(definition.trigger, { onError: 'continueRegularOutput' });
		return shown((await new PollingWorkflow(definition).test()).run);
	},
	'the list of campaigns with a key that may not read them': async () => {
		const { nodeType, credentials } = watching({ ...sandbox, apiKey: manageOnly });
		return await thrownBy(loadOptions({ nodeType, method: 'getCampaigns', credentials }));
	},
};

const ENDED = 'dialer.call.ended';

/** What a sender of events is answered. */
const answers: Situations = Object.fromEntries(
	Object.entries<object>({
		'an event': { event: ENDED, data: { id: 1 } },
		'an event that no filter lets pass': { event: 'inbound.call.ended', data: { id: 1 } },
		'a wrong secret': { secret: 'wrong', event: ENDED, data: {} },
		'a list': [{ secret: SECRET }],
		'no name': { data: {} },
		'no data': { event: ENDED },
		'data without end': { event: ENDED, data: nested(200) },
	}).map(([name, body]) => [
		`a webhook delivers ${name}`,
		async () => {
			const workflow = listen();
			const url = await workflow.activate();
			const sent = Array.isArray(body) ? body : { secret: SECRET, ...body };
			const headers = { 'content-type': 'application/json' };
			const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(sent) });
			const message = `${response.status} ${await response.text()}`;
			await workflow.close();
			return { hints: () => [{ type: 'info', message }] };
		},
	]),
);

function nested(depth: number): object {
	return depth === 0 ? {} : { deeper: nested(depth - 1) };
}

const credential: Situations = Object.fromEntries(
	[SECRET, ' '].map((secret) => [
		`the test of the secret ${JSON.stringify(secret)}`,
		async () => {
			const { nodeType } = watching(sandbox);
			const { status, message } = await testCredential(nodeType, 'voisoWebhookApi', { secret });
			return { hints: () => [{ type: 'info', message: `${status}: ${message}` }] };
		},
	]),
);

// An older n8n has words of its own.
test.skipIf(process.env.N8N_ENGINE_FOLDER)(
	'all that Voiso Trigger tells a user',
	async () => {
		const situations = { ...activation, ...polls, ...step, ...answers, ...credential };
		const fresh = Object.entries(situations).map(([name, situation]) => [
			name,
			async () => {
				sandbox.reset();
				return await situation();
			},
		]);
		await expectTexts(Object.fromEntries(fresh), './texts.txt');
	},
	60_000,
);
