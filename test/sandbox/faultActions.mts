import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Answer } from './rules/answers.mts';
import type { Fault } from './faults.mts';

const htmlPage = '<!DOCTYPE html><html><body><h1>Bad gateway</h1><hr>proxy</body></html>\n';

/**
 * Answers a request by a fault, in place of `answer` where it strikes after the request was done.
 * The connection is in the fault's hands from then on.
 */
export function strike(fault: Fault, reply: FastifyReply, answer?: Answer): void {
	reply.hijack();
	const raw = reply.raw;
	switch (fault.kind) {
		case 'status':
			return sendStatus(raw, fault.status, fault.body, fault.headers);
		case 'reset':
			raw.socket?.resetAndDestroy();
			return;
		case 'hang':
		case 'delay':
		case 'list':
			return;
		case 'drip':
			return drip(raw, fault.status ?? 200, fault.ms ?? 5000);
		case 'echo':
			return send(
				raw,
				fault.status ?? 401,
				'application/json',
				`{"error":"Key ${escaped(keyOf(reply), fault.escape)} has no access"}`,
			);
		case 'html':
			return send(raw, fault.status ?? 200, 'text/html; charset=utf-8', htmlPage);
		case 'cutOff':
			return cutOff(raw, answer, fault.abrupt ?? false);
		case 'large':
			return sendLarge(raw, (fault.megabytes ?? 50) * 1_000_000);
		case 'nested': {
			const depth = fault.depth ?? 100_000;
			const nested = `{"campaigns":${'['.repeat(depth)}${']'.repeat(depth)}}`;
			return send(raw, 200, 'application/json', nested);
		}
		case 'redirect': {
			const location = fault.location ?? elsewhere(reply);
			return sendStatus(raw, fault.status ?? 302, undefined, { location });
		}
	}
}

/** The sandbox itself under another host name, where it reports who came along. */
function elsewhere({ request }: FastifyReply): string {
	return `http://localhost:${request.socket.localPort}/_sandbox/elsewhere`;
}

function send(raw: ServerResponse, status: number, type: string, body: string): void {
	raw.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
	raw.end(body);
}

function sendStatus(
	raw: ServerResponse,
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
): void {
	const isText = typeof body === 'string';
	for (const [name, value] of Object.entries(headers)) raw.setHeader(name, value);
	send(
		raw,
		status,
		headers['content-type'] ?? (isText ? 'text/plain' : 'application/json'),
		body === undefined ? '' : isText ? body : JSON.stringify(body),
	);
}

function cutOff(raw: ServerResponse, answer: Answer | undefined, abrupt: boolean): void {
	const whole = JSON.stringify(answer?.body ?? {});
	const half = whole.slice(0, whole.length / 2);
	if (!abrupt) return send(raw, answer?.status ?? 200, 'application/json', half);
	raw.writeHead(answer?.status ?? 200, {
		'content-type': 'application/json',
		'content-length': Buffer.byteLength(whole),
	});
	raw.write(half, () => raw.destroy());
}

function drip(raw: ServerResponse, status: number, ms: number): void {
	raw.writeHead(status, { 'content-type': 'application/json' });
	raw.write('{"campaigns":[');
	const timer = setInterval(() => raw.write(' '), ms);
	raw.once('close', () => clearInterval(timer));
}

const keyOf = ({ request }: FastifyReply) =>
	String(request.headers.authorization).replace(/^Bearer /, '');

function escaped(text: string, escape: 'none' | 'slash' | 'unicode' = 'none'): string {
	if (escape === 'slash') return text.replaceAll('/', '\\/');
	if (escape === 'none') return text;
	const hex = (character: string) => character.charCodeAt(0).toString(16).padStart(4, '0');
	return text.replaceAll(/[^]/g, (character) => `\\u${hex(character)}`);
}

/** Streams a JSON string, so that neither side needs the whole of it in memory. */
function sendLarge(raw: ServerResponse, bytes: number): void {
	const chunk = 'x'.repeat(65_536);
	function* body() {
		yield '{"padding":"';
		for (let sent = 0; sent < bytes; sent += chunk.length) yield chunk;
		yield '"}';
	}
	raw.writeHead(200, { 'content-type': 'application/json' });
	Readable.from(body()).pipe(raw);
}
