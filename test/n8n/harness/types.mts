// What n8n's REST interface takes and gives, as far as the tests use it.

export interface Owner {
	email: string;
	password: string;
}

export interface Credential {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

export interface SavedCredential {
	id: string;
	name: string;
	type: string;
}

/** A workflow as the editor exports it. */
export interface WorkflowJson {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	pinData?: Record<string, unknown>;
	/** IDs of tags. */
	tags?: string[];
}

export interface WorkflowNode {
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	[setting: string]: unknown;
}

export interface SavedWorkflow extends Omit<WorkflowJson, 'tags'> {
	id: string;
	/** Not known to n8n 1. */
	versionId?: string;
	active: boolean;
}

export interface NodeType {
	/** With its package: `n8n-nodes-voiso.voisoLeads`. */
	name: string;
	displayName: string;
	version: number | number[];
	defaultVersion?: number;
	hidden?: boolean;
}

export interface InstalledPackage {
	packageName: string;
	installedVersion: string;
	installedNodes: { name: string; type: string; latestVersion: number }[];
	failedLoading?: boolean;
}
