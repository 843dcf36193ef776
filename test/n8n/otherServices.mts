import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request that a workflow sent to somebody else than Voiso. */
export interface ServiceRequest {
	method: string;
	/** With its query, such as `/contacts?phone=447700900123`. */
	path: string;
	body: Buffer;
}

interface ServiceAnswer {
	/** Default: 200. */
	status?: number;
	json: unknown;
}

/** The CRM, drive and chat that the examples have as placeholders: `https://crm.example.com` and so on. */
export class OtherServices {
	/** All requests since the last reset. */
	readonly requests: ServiceRequest[] = [];
	/** What they are answered; an empty object unless a test says otherwise. */
	answer: (request: ServiceRequest) => ServiceAnswer = () => ({ json: {} });
	private readonly server: Server;

	private constructor() {
		this.server = createServer(async (request, response) => {
			const { method = '', url: path = '' } = request;
			const received = { method, path, body: await buffer(request) };
			this.requests.push(received);
			const { status = 200, json } = this.answer(received);
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(json));
		});
	}

	static async start(): Promise<OtherServices> {
		const services = new OtherServices();
		await new Promise<void>((resolve) => services.server.listen(0, '127.0.0.1', resolve));
		return services;
	}

	/** Where they all are. */
	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** The bodies of the requests with this method, which are JSON. */
	bodies(method: string): unknown[] {
		return this.requests
			.filter((request) => request.method === method)
			.map(({ body }): unknown => JSON.parse(body.toString()));
	}

	reset(): void {
		this.requests.length = 0;
		this.answer = () => ({ json: {} });
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
