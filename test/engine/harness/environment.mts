/**
 * What n8n-core reads from the environment while it loads. Import this module before n8n-core.
 * Each process gets a user folder of its own, which goes away with the process.
 */
import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as workflow from 'n8n-workflow';

const userFolder = mkdtempSync(join(tmpdir(), 'n8n-engine-'));
process.on('exit', () => rmSync(userFolder, { recursive: true, force: true }));

process.env.N8N_USER_FOLDER = userFolder;
process.env.N8N_ENCRYPTION_KEY = 'engine-tests';
// With "silent" n8n would find out for each message where it comes from.
process.env.N8N_LOG_LEVEL = 'error';
process.env.N8N_LOG_OUTPUT = 'file';

// n8n gives each regular expression 250 ms by the clock, which can pass on a busy machine before it has begun.
if ('setSafeRegexEngine' in workflow)
	workflow.setSafeRegexEngine({
		exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
		test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
		replace: (pattern, input, flags, replacement) =>
			input.replace(new RegExp(pattern, flags), replacement),
		matchAll: (pattern, input, flags = '') =>
			Array.from(input.matchAll(new RegExp(pattern, flags.includes('g') ? flags : `${flags}g`))),
		split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
	});
