import { ExecuteContext, RoutingNode } from 'n8n-core';
import type { IDataObject, INodeCredentialTestResult, INodeType } from 'n8n-workflow';
import { createRunExecutionData } from 'n8n-workflow';
import type { TestCredential } from './credentials.mts';
import { startExpressionEngine } from './expressionEngine.mts';
import { TestNodeTypes } from './nodeTypes.mts';
import { createAdditionalData, createWorkflow } from './workflow.mts';

const NAME = 'Temp-Node';
const TYPE = 'harness.credentialTest';

/**
 * Sends the credential's test request as n8n's *Test* button does. Where n8n words a failure by its
 * own table of codes, the message here is the status or the error's own.
 */
export async function testCredential(
	credential: TestCredential,
): Promise<INodeCredentialTestResult> {
	await startExpressionEngine();
	const nodeType = temporaryNodeType(credential);
	const credentials = [credential];
	const workflow = createWorkflow({
		nodes: [{ name: NAME, type: TYPE }],
		types: new TestNodeTypes({ [TYPE]: nodeType }),
		credentials,
	});
	const node = workflow.getNode(NAME);
	if (!node) throw new Error(`The workflow has no node "${NAME}"`);
	const context = new ExecuteContext(
		workflow,
		node,
		{ ...createAdditionalData(credentials), currentNodeParameters: node.parameters },
		'internal',
		createRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const decrypted = { id: 'test', name: 'Test', type: credential.type.name, data: credential.data };
	await workflow.expression.acquireIsolate?.();
	try {
		const output = await new RoutingNode(context, nodeType, decrypted).runNode();
		const message = complaint(credential, output?.[0]?.[0]?.json ?? {});
		if (message !== undefined) return { status: 'Error', message };
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return { status: 'Error', message: failure(credential, error) };
	} finally {
		await workflow.expression.releaseIsolate?.();
	}
}

function temporaryNodeType({ type }: TestCredential): INodeType {
	if (!type.test) throw new Error(`The credential "${type.name}" has no test request`);
	return {
		description: {
			displayName: NAME,
			name: TYPE,
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name: NAME },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: type.name, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					default: '',
					routing: { request: type.test.request },
				},
			],
		},
	};
}

/** What the credential's rules say of the body of an answer with a good status. */
function complaint({ type }: TestCredential, body: IDataObject): string | undefined {
	for (const rule of type.test?.rules ?? []) {
		if (rule.type !== 'responseSuccessBody') continue;
		const { key, value, message } = rule.properties;
		if (get(body, key) === value) return message;
	}
	return undefined;
}

function get(body: IDataObject, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(value, key) =>
				typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
			body,
		);
}

function failure({ type }: TestCredential, error: unknown): string {
	if (!(error instanceof Error)) throw error;
	const response = responseOf(error);
	if (!response) return error.message;
	for (const rule of type.test?.rules ?? []) {
		if (rule.type === 'responseCode' && rule.properties.value === response.status) {
			return rule.properties.message;
		}
	}
	return response.statusText || `Received HTTP status code: ${response.status}`;
}

interface HttpResponse {
	status: number;
	statusText: string;
}

function responseOf({ cause }: Error): HttpResponse | undefined {
	if (typeof cause !== 'object' || cause === null || !('response' in cause)) return undefined;
	return cause.response as HttpResponse;
}
