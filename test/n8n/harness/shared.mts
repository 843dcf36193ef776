import { inject } from 'vitest';
import { type N8n, quickIsolates, type SavedCredential, startN8n } from './index.mts';

let started: Promise<N8n> | undefined;

/**
 * The n8n with the package that all files of tests have which a process runs one after the other, unless
 * they need one with settings of their own. A file asks for it once; it then has no credentials, because
 * n8n's own builders take any that fits. A file may stop or kill it, and starts it again; it leaves no
 * workflow active. It ends with the process.
 */
export async function sharedN8n(): Promise<N8n> {
	// Only on the level "debug" n8n tells when a node of a stopped execution has really ended.
	started ??= startN8n({
		tarball: inject('tarball'),
		env: { N8N_LOG_LEVEL: 'debug', ...quickIsolates },
	});
	const n8n = await started;
	const { client } = n8n;
	for (const { id } of await client.request<SavedCredential[]>('GET', '/credentials'))
		await client.request('DELETE', `/credentials/${id}`);
	return n8n;
}
