import { describe, expect, it, vi } from 'vitest';
import { sandboxForTests } from '../harness/sandboxForTests.mts';
import { ways, type Entered } from './ways.mts';

// Before n8n's configuration reads it.
vi.hoisted(() => {
	process.env.N8N_SSRF_PROTECTION_ENABLED = 'true';
	process.env.N8N_SSRF_BLOCKED_HOSTNAMES = 'cc-blocked.voiso.com';
});

const sandbox = await sandboxForTests({ minimumInterval: 0, processingTime: 0 });
const entered: Entered = { clusterId: sandbox.url, apiKey: sandbox.apiKey };

// n8n 1 has no such protection.
describe.skipIf(process.env.N8N_ENGINE_FOLDER)("n8n's protection against SSRF", () => {
	it.each(ways)('is explained with the setting that allows the address: $name', async ({ use }) => {
		const shown = await use(entered);
		expect(shown).toMatch(/N8N_SSRF_ALLOWED_(?:HOSTNAMES|IP_RANGES)/);
		expect(shown).not.toContain(sandbox.apiKey);
		expect(sandbox.report().calls).toEqual({});
	});

	it.each(ways)('is explained for a host that is blocked by its name: $name', async ({ use }) => {
		const shown = await use({ ...entered, clusterId: 'cc-blocked' });
		expect(shown).toContain('N8N_SSRF_ALLOWED_HOSTNAMES');
	});
});
