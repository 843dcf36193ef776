import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { build } from 'esbuild';
import type { INodeType } from 'n8n-workflow';
import type { statusOptions } from '../../nodes/shared/campaign/statuses.ts';
import type { leadFields } from '../../nodes/VoisoLeads/fields/leadFields.ts';
import type { WORDS } from '../../nodes/VoisoLeads/fields/columnNames.ts';
import type { failureText } from '../../nodes/VoisoLeads/emit/failureTexts.ts';
import type { LEAD_STATUSES } from '../../nodes/VoisoLeads/types.ts';
import type { explain } from '../../nodes/shared/api/explain.ts';
import { root } from '../setup/root.mjs';

/** What the guide repeats of the code. */
export interface GuidedCode {
	VoisoLeads: new () => INodeType;
	VoisoCampaign: new () => INodeType;
	VoisoTrigger: new () => INodeType;
	leadFields: typeof leadFields;
	WORDS: typeof WORDS;
	LEAD_STATUSES: typeof LEAD_STATUSES;
	statusOptions: typeof statusOptions;
	explain: typeof explain;
	failureText: typeof failureText;
}

const ENTRY = `
export { VoisoLeads } from './VoisoLeads/VoisoLeads.node';
export { VoisoCampaign } from './VoisoCampaign/VoisoCampaign.node';
export { VoisoTrigger } from './VoisoTrigger/VoisoTrigger.node';
export { leadFields } from './VoisoLeads/fields/leadFields';
export { WORDS } from './VoisoLeads/fields/columnNames';
export { LEAD_STATUSES } from './VoisoLeads/types';
export { statusOptions } from './shared/campaign/statuses';
export { explain } from './shared/api/explain';
export { failureText } from './VoisoLeads/emit/failureTexts';
`;

/** Loads the sources, which Node cannot run as they are: their imports name no file endings. */
export async function loadCode(): Promise<GuidedCode> {
	const { outputFiles } = await build({
		stdin: { contents: ENTRY, resolveDir: join(root, 'nodes'), loader: 'ts' },
		bundle: true,
		packages: 'external',
		platform: 'node',
		format: 'cjs',
		write: false,
	});
	const [output] = outputFiles;
	if (!output) throw new Error('Nothing was built');
	const module = { exports: {} };
	const run = runInThisContext(`(module, require) => {${output.text}\n}`) as (
		own: typeof module,
		require: NodeJS.Require,
	) => void;
	run(module, createRequire(join(root, 'package.json')));
	return module.exports as GuidedCode;
}
