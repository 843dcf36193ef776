import type { SavedCredential, WorkflowJson, WorkflowNode } from '../../n8n/harness/index.mts';

/** A node of this package, with its credential. */
export function voisoNode(
	type: 'voisoLeads' | 'voisoCampaign',
	credential: SavedCredential,
	name: string,
	parameters: WorkflowNode['parameters'],
): WorkflowNode {
	return packageNode(type, name, parameters, credential);
}

/** A node of this package, with any number of credentials. */
export function packageNode(
	type: string,
	name: string,
	parameters: WorkflowNode['parameters'],
	...credentials: SavedCredential[]
): WorkflowNode {
	return {
		name,
		type: `n8n-nodes-voiso.${type}`,
		typeVersion: 1,
		position: [300, 0],
		parameters,
		credentials: Object.fromEntries(
			credentials.map((credential) => [
				credential.type,
				{ id: credential.id, name: credential.name },
			]),
		),
	};
}

/** A campaign as it is chosen from the list. */
export function fromList(id: number, label: string) {
	return { __rl: true, mode: 'list', value: id, cachedResultName: label };
}

/** A workflow that hands items to each of the nodes; the nodes stand below each other. */
export function workflowOf(
	name: string,
	items: Record<string, unknown>[],
	...nodes: WorkflowNode[]
): WorkflowJson {
	const start: WorkflowNode = {
		name: 'People',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const targets = nodes.map((node) => ({ node: node.name, type: 'main', index: 0 }));
	return {
		name,
		nodes: [
			start,
			...nodes.map((node, row) => ({ ...node, position: [300, row * 200] as [number, number] })),
		],
		connections: { People: { main: [targets] } },
		pinData: { People: items.map((json) => ({ json })) },
	};
}
