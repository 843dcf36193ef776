// Each request to n8n has a connection of its own: n8n closes one that was idle for 5 s, and on a busy
// machine the next request is under way on it just then.
const send = globalThis.fetch;

async function fetchAfresh(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
	const request = new Request(input, init);
	request.headers.set('connection', 'close');
	return await send(request);
}

// The files that a process runs have this one after the other.
if (send.name !== fetchAfresh.name) globalThis.fetch = fetchAfresh;
