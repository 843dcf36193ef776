/** Runs nodes through n8n's own engine (n8n-core). */
import './environment.mts';

export { testCredential } from './credentialTest.mts';
export { inlineNodeType } from './inlineNodeType.mts';
export { listSearch, loadOptions, resourceMapping } from './loadMethods.mts';
export { setNode, type TestNode } from './nodeTypes.mts';
export { runWorkflow, type RunOptions, type RunResult } from './runWorkflow.mts';
export type { TestConnections } from './workflow.mts';
