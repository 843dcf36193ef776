import type { Connection } from '../../../nodes/shared/api/connection.ts';
import type { ApiRequest, HttpResult } from '../../../nodes/shared/api/http.ts';
import { skippingClock } from '../../simulation/time.mts';

export interface FakeConnection extends Connection {
	requests: ApiRequest[];
	/** Milliseconds of each wait. */
	waits: number[];
}

/**
 * A connection whose answers a test gives and whose clock moves only when somebody waits.
 *
 * @param answer gets the number of the request, from 0
 */
export function fakeConnection(
	answer: (request: ApiRequest, index: number) => HttpResult,
	more: Partial<Connection> = {},
): FakeConnection {
	const requests: ApiRequest[] = [];
	const clock = skippingClock();
	return {
		baseUrl: 'https://cc-ams03.voiso.com',
		host: 'cc-ams03.voiso.com',
		requests,
		waits: clock.waits,
		async send(request) {
			requests.push(request);
			return answer(request, requests.length - 1);
		},
		clock,
		maxDelay: 60_000,
		...more,
	};
}

export function json(body: unknown, status = 200, retryAfter?: number): HttpResult {
	return {
		kind: 'response',
		status,
		body: JSON.stringify(body),
		...(retryAfter !== undefined && { retryAfter }),
	};
}
