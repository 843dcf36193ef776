/** Larger than any real response: 1,000 numbers are some 20 KB, 1,000 calls some 2 MB. */
const MAX_BYTES = 10_000_000;

/**
 * Reads the body of a response, as it comes from n8n's request helpers, up to 10 MB. A longer one is not
 * read further: its stream is destroyed, and its connection with it.
 *
 * @returns undefined when it is too large
 * @throws what the stream fails with when the connection breaks
 */
export async function readBody(body: unknown): Promise<string | undefined> {
	if (typeof body === 'string') return body.length > MAX_BYTES ? undefined : body;
	if (!isStream(body)) return '';
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		if (size > MAX_BYTES) return undefined;
		chunks.push(chunk);
	}
	// Without the byte order mark, which is no JSON.
	return new TextDecoder().decode(Buffer.concat(chunks));
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
