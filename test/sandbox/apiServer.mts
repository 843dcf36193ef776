import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Call, Surroundings } from './api/call.mts';
import { handle, operationOf, parseBody } from './api/handle.mts';
import { strike } from './faultActions.mts';
import type { World } from './world.mts';

/** Where the API is: v4 and dialer v1 below it. */
export const apiRoot = '/api';

/** Serves the API: faults on demand first, then what the contract says. */
export async function serveApi(app: FastifyInstance, surroundings: Surroundings): Promise<void> {
	const starts = new WeakMap<FastifyRequest, number>();
	app.addHook('onRequest', async (request) => {
		starts.set(request, performance.now());
	});
	// What to think of a type of content is for the contract to say.
	acceptAnyBody(app);
	app.all('/*', async (request, reply) => {
		const { method, url, headers, body } = request;
		const call: Call = {
			method,
			path: url.split('?')[0] ?? url,
			url,
			headers,
			text: typeof body === 'string' && body !== '' ? body : undefined,
			start: starts.get(request) ?? performance.now(),
		};
		try {
			await serve(call, surroundings, reply);
		} catch (error) {
			if (!surroundings.closing.aborted) throw error;
			reply.hijack().raw.destroy();
		}
		return reply;
	});
}

/** Takes a body of any type as text. */
export function acceptAnyBody(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => {
		done(null, text);
	});
}

async function serve(call: Call, surroundings: Surroundings, reply: FastifyReply): Promise<void> {
	const { world, closing } = surroundings;
	const { method, path, url } = call;
	const { urlLimit, urlLimitStatus, clockSkew } = world.options;
	if (clockSkew !== 0) reply.raw.setHeader('date', new Date(world.now() + clockSkew).toUTCString());
	const operation = operationOf(call);
	const body = parseBody(call.text);
	const endpoint = operation ? `${method} ${operation.path.replace(/^\/v4/, '')}` : 'unknown';
	world.count(endpoint);
	if (urlLimit > 0 && url.length > urlLimit) {
		return strike({ kind: 'html', status: urlLimitStatus }, reply);
	}
	recordLeads(call, body, world, reply.raw);

	for (const fault of world.faults.draw('before', method, path)) {
		if (fault.kind === 'delay') {
			await sleep(fault.ms, undefined, { signal: closing });
		} else if (fault.kind === 'list') {
			call.lie = { how: fault.lie, reading: world.calls.get(endpoint) ?? 0 };
		} else {
			if (call.lead) call.lead.request.outcome = 'fault';
			return strike(fault, reply);
		}
	}

	const answer = await handle(operation, body, surroundings, call);
	if (answer.isViolation) {
		world.violations.push({ method, path: url, status: answer.status, answer: answer.body });
	}
	const [fault] = answer.status < 300 ? world.faults.draw('after', method, path) : [];
	if (fault) return strike(fault, reply, answer);
	// Closed before it is sent, so that no client can have the answer before the end is known.
	call.lead?.of.close(call.lead.request, answer.status);
	reply
		.code(answer.status)
		.headers({ 'content-type': 'application/json; charset=utf-8', ...answer.headers })
		.send(JSON.stringify(answer.body));
}

/** Puts a request with leads on record, until it is answered or its connection closes. */
function recordLeads(call: Call, body: object | null, world: World, raw: ServerResponse): void {
	const id = /^\/api\/v4\/campaigns\/(\d+)\/leads$/.exec(call.path)?.[1];
	if (id === undefined) return;
	const requests = world.leadRequestsOf(Number(id));
	const leads = Array.isArray(body) ? body.length : 0;
	const request = requests.arrive(call.method, call.start, leads, world.options.minimumInterval);
	call.lead = { of: requests, request };
	raw.once('close', () => requests.close(request, raw.headersSent ? raw.statusCode : null));
}
