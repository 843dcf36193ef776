import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SandboxOptions, SandboxReport } from '../../../test/sandbox/index.mts';

/** The sandbox in a process of its own, driven over HTTP. */
export class SandboxProcess {
	readonly url: string;
	readonly apiKey: string;
	readonly #child: ChildProcess;

	private constructor(child: ChildProcess, url: string, apiKey: string) {
		this.#child = child;
		this.url = url;
		this.apiKey = apiKey;
	}

	static async start(): Promise<SandboxProcess> {
		const cli = fileURLToPath(new URL('../../../test/sandbox/cli.mts', import.meta.url));
		const child = fork(cli, ['--port', '0'], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
		let said = '';
		for await (const chunk of child.stdout ?? []) {
			said += String(chunk);
			const [, url, apiKey] = /sandbox: (\S+)\nAPI key: (\S+)\n/.exec(said) ?? [];
			if (url !== undefined && apiKey !== undefined) return new SandboxProcess(child, url, apiKey);
		}
		throw new Error(`The sandbox did not start: ${said}`);
	}

	/** Forgets what was, and takes new options and live campaigns. */
	async prepare(options: Partial<SandboxOptions>, campaigns: number[]): Promise<void> {
		await this.#call('POST', '/reset');
		await this.#call('PATCH', '/options', options);
		const live = campaigns.map((id) => ({ id, name: `Campaign ${id}` }));
		await this.#call('POST', '/campaigns', live);
	}

	async report(): Promise<SandboxReport> {
		return (await this.#call('GET', '/report?leads=false')) as SandboxReport;
	}

	async stop(): Promise<void> {
		const closed = once(this.#child, 'close');
		this.#child.kill();
		await closed;
	}

	async #call(method: string, path: string, body?: object): Promise<unknown> {
		const response = await fetch(`${this.url}/_sandbox${path}`, {
			method,
			...(body && {
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify(body),
			}),
		});
		if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
		return await response.json();
	}
}
