import { EventEmitter, once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { describe, expect, it, vi } from 'vitest';
import { VoisoApi } from '../../../credentials/VoisoApi.credentials.ts';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { ids, listen, unusableSettings, watch, watching } from './support.mts';

const sandbox = await sandboxForTests();

/** A failure that asks for a longer wait than a poll has. */
const busy = (status: number) =>
	({ kind: 'status', status, headers: { 'retry-after': '600' } }) as const;

describe('Voiso Trigger: campaign status changed', () => {
	it('remembers at the first activation and emits each change once, with both statuses', async () => {
		const workflow = watch(sandbox);
		await workflow.activate();
		await workflow.poll();
		expect(workflow.executions).toEqual([]);

		sandbox.changeCampaign(3, { status: 'auto_paused' });
		sandbox.changeCampaign(5, { status: 'active' });
		await workflow.poll();
		await workflow.poll();
		expect(workflow.executions).toHaveLength(1);
		expect(workflow.executions[0]).toMatchObject([
			{
				campaign_id: 3,
				campaign_name: 'Spring Sale',
				previous_status: 'active',
				status: 'auto_paused',
			},
			{ campaign_id: 5, campaign_name: 'Renewals', previous_status: 'paused', status: 'active' },
		]);
		expect(workflow.executions[0]?.[0]).not.toHaveProperty('caller_id_sets');
		expect(sandbox.report().violations).toEqual([]);
	});

	it('gives the whole campaign with Simplify off', async () => {
		const workflow = watch(sandbox, { simplify: false });
		await workflow.activate();
		sandbox.changeCampaign(3, { status: 'stopped' });
		await workflow.poll();
		expect(workflow.executions[0]?.[0]).toMatchObject({
			caller_id_sets: [{ phone_numbers: ['442071838750'] }],
			previous_status: 'active',
		});
	});

	it('emits what there is at the first activation when asked to, and not again', async () => {
		const options = { emitOnFirstActivation: true };
		const workflow = watch(sandbox, { newStatus: 'autoPaused', options });
		await workflow.activate();
		await workflow.activate('init');
		expect(workflow.executions).toMatchObject([[{ campaign_id: 7, previous_status: null }]]);
	});

	it('triggers on auto paused only', async () => {
		const workflow = watch(sandbox, { newStatus: 'autoPaused' });
		await workflow.activate();
		sandbox.changeCampaign(3, { status: 'auto_paused' });
		sandbox.changeCampaign(6, { status: 'paused' });
		await workflow.poll();
		sandbox.changeCampaign(3, { status: 'active' });
		await workflow.poll();
		sandbox.changeCampaign(3, { status: 'auto_paused' });
		await workflow.poll();
		expect(ids(workflow.executions)).toEqual([[3], [3]]);
	});

	it('triggers on selected statuses of selected campaigns, given by an expression too', async () => {
		const workflow = watch(sandbox, {
			campaigns: 'chosen',
			campaignIds: '={{ "3, 6" }}',
			newStatus: 'chosen',
			statuses: ['stopped', 'pausing'],
		});
		await workflow.activate();
		for (const id of [3, 5, 6]) sandbox.changeCampaign(id, { status: 'stopped' });
		await workflow.poll();
		sandbox.changeCampaign(3, { status: 'pausing' });
		sandbox.changeCampaign(6, { status: 'paused' });
		await workflow.poll();
		expect(workflow.executions).toMatchObject([
			[{ campaign_id: 3 }, { campaign_id: 6 }],
			[{ campaign_id: 3, status: 'pausing' }],
		]);
	});

	it('ignores transitional statuses, unless they are included', async () => {
		const ignoring = watch(sandbox);
		const including = watch(sandbox, { options: { includeTransitional: true } });
		await ignoring.activate();
		await including.activate();
		for (const status of ['pausing', 'paused', 'processing', 'paused'] as const) {
			sandbox.changeCampaign(3, { status });
			await ignoring.poll();
			await including.poll();
		}
		expect(ignoring.executions).toMatchObject([[{ previous_status: 'active', status: 'paused' }]]);
		expect(including.executions.map(([item]) => item?.status)).toEqual([
			'pausing',
			'paused',
			'processing',
			'paused',
		]);
	});

	it.each([429, 500, 503, 401, 403])(
		'loses nothing over polls that fail with %i, and fails as a Voiso error',
		async (status) => {
			const workflow = watch(sandbox);
			await workflow.activate();
			const { stored } = workflow;
			sandbox.changeCampaign(3, { status: 'auto_paused' });
			sandbox.faults.add({ ...busy(status), times: 2 });
			await workflow.poll();
			await workflow.poll();
			expect(workflow.executions).toEqual([]);
			expect(workflow.stored).toBe(stored);
			expect(workflow.errors).toHaveLength(2);
			const [error] = workflow.errors;
			expect(error).toBeInstanceOf(NodeApiError);
			expect(error).toMatchObject({ httpCode: String(status) });
			expect(error?.message.length).toBeLessThanOrEqual(120);

			await workflow.poll();
			await workflow.poll();
			expect(workflow.executions).toMatchObject([[{ campaign_id: 3, previous_status: 'active' }]]);
		},
	);

	it('fails when a response drips without end, and finds what it missed with the next poll', async () => {
		const workflow = watch(sandbox);
		await workflow.activate();
		sandbox.changeCampaign(3, { status: 'auto_paused' });
		sandbox.faults.add({ kind: 'drip', times: 1 });
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
		try {
			const poll = workflow.poll();
			while (sandbox.report().calls['GET /campaigns'] !== 2) await setImmediate();
			while (workflow.errors.length === 0) {
				await vi.advanceTimersByTimeAsync(1_000);
				await setImmediate();
			}
			await poll;
		} finally {
			vi.useRealTimers();
		}
		expect(workflow.errors).toMatchObject([{ name: 'NodeApiError' }]);
		expect(workflow.executions).toEqual([]);
		await workflow.poll();
		expect(ids(workflow.executions)).toEqual([[3]]);
	});

	it('has no effect when a later page fails', async () => {
		sandbox.addCampaigns(...Array.from({ length: 150 }, () => ({ status: 'active' as const })));
		const workflow = watch(sandbox);
		await workflow.activate();
		sandbox.changeCampaign(3, { status: 'stopped' });
		sandbox.changeCampaign(160, { status: 'stopped' });
		const pages = () => sandbox.report({ leads: false }).calls['GET /campaigns'];
		expect(pages()).toBe(2);
		sandbox.faults.add({ kind: 'delay', ms: 200, times: 2 });
		const poll = workflow.poll();
		await vi.waitFor(() => expect(pages()).toBe(4), { interval: 5 });
		sandbox.faults.add({ ...busy(503), when: 'after', times: 1 });
		await poll;
		expect(workflow.errors).toHaveLength(1);
		expect(workflow.executions).toEqual([]);
		await workflow.poll();
		expect(ids(workflow.executions)).toEqual([[3, 160]]);
	});

	it('fails to activate when Voiso fails, and remembers nothing then', async () => {
		const workflow = watch(sandbox);
		sandbox.faults.add({ ...busy(503), times: 1 });
		await expect(workflow.activate()).rejects.toThrow(NodeApiError);
		expect(workflow.stored).toBe('{}');
	});

	it('goes on after a restart: emits what changed meanwhile, and that once', async () => {
		const workflow = watch(sandbox);
		await workflow.activate();
		sandbox.changeCampaign(3, { status: 'stopped' });
		await workflow.poll();
		sandbox.changeCampaign(6, { status: 'auto_paused' });
		await workflow.activate('init');
		await workflow.poll();
		await workflow.activate('init');
		expect(ids(workflow.executions)).toEqual([[3], [6]]);
	});

	it('reads all pages, and emits new campaigns as changes from nothing', async () => {
		sandbox.addCampaigns(...Array.from({ length: 240 }, () => ({ status: 'paused' as const })));
		const workflow = watch(sandbox);
		await workflow.activate();
		sandbox.changeCampaign(250, { status: 'active' });
		const [added] = sandbox.addCampaigns({ status: 'draft' });
		await workflow.poll();
		expect(workflow.executions).toMatchObject([
			[
				{ campaign_id: 250, previous_status: 'paused', status: 'active' },
				{ campaign_id: added?.id, previous_status: null, status: 'draft' },
			],
		]);
	});

	it('does not poll beside a poll that takes long', async () => {
		const events = new EventEmitter();
		let isSlow = false;
		class SlowApi extends VoisoApi {
			override async authenticate(...given: Parameters<VoisoApi['authenticate']>) {
				if (isSlow) {
					events.emit('asked');
					await once(events, 'goOn');
				}
				return await super.authenticate(...given);
			}
		}
		const workflow = watch(sandbox, {}, new SlowApi());
		await workflow.activate();
		sandbox.changeCampaign(3, { status: 'stopped' });
		isSlow = true;
		const first = workflow.poll();
		await once(events, 'asked');
		await workflow.poll();
		await workflow.poll();
		isSlow = false;
		events.emit('goOn');
		await first;
		expect(sandbox.report().calls).toMatchObject({ 'GET /campaigns': 2 });
		expect(ids(workflow.executions)).toEqual([[3]]);
		await workflow.poll();
		expect(sandbox.report().calls).toMatchObject({ 'GET /campaigns': 3 });
	});

	it.each(unusableSettings)('refuses to be activated with %j', async (parameters) => {
		await expect(watch(sandbox, parameters).activate()).rejects.toThrow(NodeOperationError);
	});

	it('polls at its times and has no webhook; for events it is the other way round', async () => {
		const workflow = watch(sandbox);
		await workflow.activate();
		expect(workflow.pollTimes).toBe(1);
		const own = watching(sandbox, { triggerOn: 'event' });
		const calls = watch(sandbox);
		await calls.activate('activate', own);
		expect(calls.pollTimes).toBe(0);
		expect(calls.executions).toEqual([]);
		expect(await listen().webhooks()).toMatchObject([
			{ httpMethod: 'POST', path: 'a-webhook-id/voiso' },
		]);
		expect(await listen({ triggerOn: 'campaignStatus' }).webhooks()).toEqual([]);
	});
});
