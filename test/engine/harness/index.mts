/** Runs nodes through n8n's own engine (n8n-core). */
import './environment.mts';

export type { TestCredential } from './credentials.mts';
export { testCredential } from './credentialTest.mts';
export { expressionEngine } from './expressionEngine.mts';
export { inlineNodeType } from './inlineNodeType.mts';
export { listSearch, loadOptions, resourceMapping, type LoadRequest } from './loadMethods.mts';
export { INPUT_NODE, setNode, type TestNode } from './nodeTypes.mts';
export { runWorkflow, type RunOptions, type RunResult } from './runWorkflow.mts';
export type { TestConnections } from './workflow.mts';
