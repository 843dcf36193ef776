import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { toolEnv } from '../../../scripts/setup/root.mjs';
import { temporaryFolder } from './processes.mts';

const run = promisify(execFile);

/** A mock of npm's registry on this machine, which has one package. */
export interface NpmRegistry {
	/** For an n8n that is to install from it; it finds nothing else on the internet. */
	readonly env: Record<string, string>;
	/** The version of its package. */
	readonly version: string;
	/** The paths that were asked for, and the hosts that were not to be reached. */
	readonly requests: string[];
	close(): Promise<void>;
}

/**
 * n8n's installer asks the public registry, by `npm` and by itself. Here `npm` is a script that goes on
 * to the real one with the address of the mock, and all other ways out end at a proxy that says no.
 */
export async function startNpmRegistry(tarball: string): Promise<NpmRegistry> {
	const { stdout } = await run('tar', ['-xzOf', tarball, 'package/package.json']);
	const manifest = JSON.parse(stdout) as { name: string; version: string };
	const content = await readFile(tarball);
	const integrity = `sha512-${createHash('sha512').update(content).digest('base64')}`;
	const requests: string[] = [];

	const server = createServer(({ url = '/' }, response) => {
		requests.push(url);
		const { name, version } = manifest;
		const file = `/${name}/-/${basename(tarball)}`;
		if (url === file) return void response.end(content);
		if (url !== `/${name}`) return void response.writeHead(404).end('{}');
		const dist = { tarball: `${address}${file}`, integrity };
		const versions = { [version]: { ...manifest, dist } };
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
	});
	server.on('connect', ({ url = '' }, socket) => {
		requests.push(url);
		socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	const tools = temporaryFolder('voiso-npm');
	const { stdout: npm } = await run('which', ['npm'], { env: toolEnv });
	const script = join(tools.path, 'npm');
	await writeFile(
		script,
		`#!/bin/sh\nfor arg; do shift; case "$arg" in --registry=*) arg="--registry=${address}";; esac; set -- "$@" "$arg"; done\nexec "${npm.trim()}" "$@"\n`,
	);
	await chmod(script, 0o755);
	return {
		env: {
			PATH: [tools.path, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
			npm_config_offline: 'false',
			npm_config_update_notifier: 'false',
			npm_config_fetch_retries: '0',
			HTTPS_PROXY: address,
			https_proxy: address,
			// npm sends plain http to that proxy, too.
			NO_PROXY: '127.0.0.1',
			no_proxy: '127.0.0.1',
		},
		version: manifest.version,
		requests,
		close: async () => {
			tools.remove();
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
