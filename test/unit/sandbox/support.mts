import axios, { type AxiosInstance } from 'axios';
import { onTestFinished } from 'vitest';
import { type Sandbox, startSandbox, type StartOptions } from '../../sandbox/index.mts';

export interface Running {
	sandbox: Sandbox;
	/** Calls the API with a key of all scopes; no status throws. */
	api: AxiosInstance;
	/** Calls `/_sandbox`; no status throws. */
	control: AxiosInstance;
	/** Adds leads to campaign 3. */
	add: (leads: unknown) => Promise<{ status: number; data: unknown; headers: object }>;
}

/** Calls the API of a sandbox with a key, or without one. */
export function clientOf(sandbox: Sandbox, key: string | null = sandbox.apiKey): AxiosInstance {
	return axios.create({
		baseURL: `${sandbox.url}/api/v4`,
		validateStatus: () => true,
		maxRedirects: 0,
		...(key !== null && { headers: { authorization: `Bearer ${key}` } }),
	});
}

/** A sandbox that is closed when the test ends; quick unless the test says otherwise. */
export async function start(options: StartOptions = {}): Promise<Running> {
	const sandbox = await startSandbox({ minimumInterval: 0, processingTime: 0, ...options });
	onTestFinished(async () => sandbox.close());
	const api = clientOf(sandbox);
	const control = axios.create({
		baseURL: `${sandbox.url}/_sandbox`,
		validateStatus: () => true,
	});
	return { sandbox, api, control, add: async (leads) => api.post('/campaigns/3/leads', leads) };
}

/** `count` numbers that Voiso takes, each another one. */
export const numbers = (count: number, from = 0): string[] =>
	Array.from({ length: count }, (_, index) => String(447_900_000_000 + from + index));

export const leadsOf = (phoneNumbers: string[]) =>
	phoneNumbers.map((phone_number) => ({ phone_number }));
