import { afterAll, beforeEach } from 'vitest';
import { startSandbox, type Sandbox, type StartOptions } from '../../sandbox/index.mts';

/** A sandbox for a file of tests, as new before each of them. */
export async function sandboxForTests(options: StartOptions = {}): Promise<Sandbox> {
	const sandbox = await startSandbox(options);
	beforeEach(() => sandbox.reset());
	afterAll(async () => await sandbox.close());
	return sandbox;
}
