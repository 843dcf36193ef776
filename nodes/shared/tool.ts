import type { INode } from 'n8n-workflow';

/**
 * Whether a node runs as the tool of an AI agent: n8n makes a type of its own for that. Its input is what a
 * model wrote, and its output goes back to that model.
 */
export function isTool({ type }: INode): boolean {
	return type.endsWith('Tool');
}
