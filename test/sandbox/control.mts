import type { FastifyInstance } from 'fastify';
import { schemaOfCampaign } from './api/contract.mts';
import { acceptAnyBody } from './apiServer.mts';
import type { NewCall } from './calls.mts';
import { checker, WrongInput } from './check.mts';
import type { NewCampaign } from './defaultData.mts';
import { checkDelivery, type Delivery, deliver } from './deliver.mts';
import type { Fault } from './faults.mts';
import { toneWav } from './recording.mts';
import type { World } from './world.mts';

const campaignSchema = {
	type: 'object',
	additionalProperties: false,
	properties: {
		...schemaOfCampaign.properties,
		users: { type: 'array', items: { type: 'integer' } },
	},
};
const checkCampaigns: (value: unknown) => asserts value is NewCampaign[] = checker('campaigns', {
	type: 'array',
	items: campaignSchema,
});
const checkChange: (value: unknown) => asserts value is Omit<NewCampaign, 'id'> = checker(
	'campaign',
	{ ...campaignSchema, properties: { ...campaignSchema.properties, id: false } },
);

const checkDial = checker('dial', {
	type: 'object',
	additionalProperties: false,
	properties: { calls: { type: 'integer', minimum: 1 } },
});

const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };
const idOrNull = { type: ['integer', 'null'] };
const checkCalls: (value: unknown) => asserts value is NewCall[] = checker('calls', {
	type: 'array',
	items: {
		type: 'object',
		additionalProperties: false,
		properties: {
			id: text,
			type: { enum: ['call', 'conversation', 'hlr_lookup', 'sms'] },
			direction: { enum: ['dialer', 'inbound', 'outbound'] },
			campaign_id: idOrNull,
			phone_number: text,
			caller_id: text,
			user_id: idOrNull,
			disposition: text,
			end_reason: textOrNull,
			wrap_up_code: textOrNull,
			started_at: text,
			agent_started_at: textOrNull,
			ended_at: text,
			duration: { type: 'object', additionalProperties: { type: 'number' } },
			recorded: { type: 'boolean' },
		},
	},
});

/** Takes a body as JSON whatever type it says it has: clients send one even without a body. */
function acceptJson(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => {
		try {
			done(null, text === '' ? undefined : JSON.parse(String(text)));
		} catch {
			done(new WrongInput('The body is not JSON'));
		}
	});
}

/** Serves what a sandbox can do beside the API, so that another process can drive it. */
export async function serveControl(app: FastifyInstance, world: World): Promise<void> {
	acceptJson(app);
	app.setErrorHandler(async (error, _request, reply) => {
		if (error instanceof WrongInput) return await reply.code(400).send({ error: error.message });
		throw error;
	});

	app.get<{ Querystring: { leads?: string } }>('/report', async ({ query }) =>
		world.report({ leads: query.leads !== 'false' }),
	);
	app.get('/state', async () => world.state());
	app.post('/reset', async () => {
		world.reset();
		return { reset: true };
	});

	app.get('/options', async () => world.options);
	app.patch('/options', async ({ body }) => {
		world.changeOptions(body);
		return world.options;
	});

	app.get('/faults', async () => world.faults.list());
	app.post<{ Body: Fault }>('/faults', async ({ body }) => {
		world.faults.add(body);
		return world.faults.list();
	});
	app.delete('/faults', async () => {
		world.faults.clear();
		return world.faults.list();
	});

	app.post('/campaigns', async ({ body }) => {
		checkCampaigns(body);
		return world.store.addCampaigns(body);
	});
	app.patch<{ Params: { id: string } }>('/campaigns/:id', async ({ params, body }) => {
		checkChange(body);
		return world.store.changeCampaign(Number(params.id), body);
	});
	app.delete<{ Params: { id: string } }>('/campaigns/:id', async ({ params }) => {
		world.store.deleteCampaign(Number(params.id));
		return { deleted: Number(params.id) };
	});

	app.get('/calls', async () => world.store.calls);
	app.post('/calls', async ({ body }) => {
		checkCalls(body);
		return world.store.addCalls(body);
	});

	app.get<{ Params: { file: string }; Querystring: { expires?: string } }>(
		'/recordings/:file',
		async ({ params, query }, reply) => {
			const call = world.store.calls.find(({ id }) => `${id}.wav` === params.file);
			if (!call?.recorded) return await reply.code(404).send({ error: 'Not found' });
			if (!(Number(query.expires) > world.now())) {
				return await reply.code(403).send({ error: 'The link has expired' });
			}
			return await reply.type('audio/wav').send(toneWav(300 + (call.number % 300)));
		},
	);

	app.post<{ Body?: { calls?: number } }>('/dial', async ({ body }) => {
		checkDial(body ?? {});
		const placed = world.dialer.dial(body?.calls);
		await world.webhooks.settled();
		return { placed };
	});
	app.get('/events', async () => world.webhooks.deliveries);

	app.post<{ Body: Delivery }>('/deliver', async ({ body }) => {
		checkDelivery(body);
		return await deliver(body, world);
	});

	await app.register(async (other) => {
		acceptAnyBody(other);
		other.all('/elsewhere', async ({ method, headers }) => {
			world.elsewhere.push({ method, hadKey: headers.authorization !== undefined });
			return { elsewhere: true };
		});
	});
}
