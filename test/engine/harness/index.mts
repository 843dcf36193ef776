/** Runs nodes through n8n's own engine (n8n-core). */
import './environment.mts';

export type { TestCredential } from './credentials.mts';
export { expressionEngine } from './expressionEngine.mts';
export { INPUT_NODE, setNode, type TestNode } from './nodeTypes.mts';
export { runWorkflow, type RunOptions, type RunResult } from './runWorkflow.mts';
export type { TestConnections } from './workflow.mts';
