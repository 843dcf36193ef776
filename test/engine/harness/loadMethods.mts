import { LoadOptionsContext } from 'n8n-core';
import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
	ResourceMapperFields,
} from 'n8n-workflow';
import type { TestCredential } from './credentials.mts';
import { startExpressionEngine } from './expressionEngine.mts';
import { TestNodeTypes } from './nodeTypes.mts';
import { createAdditionalData, createWorkflow } from './workflow.mts';

export interface LoadRequest {
	nodeType: INodeType;
	/** The name of the method within its kind. */
	method: string;
	/** The parameters as the editor holds them at that moment; expressions are not evaluated. */
	parameters?: INodeParameters;
	credentials?: TestCredential[];
	/** The parameter whose list is asked for, such as `parameters.campaign`. */
	path?: string;
}

/** Calls `methods.loadOptions[method]` as the editor does when it fills a drop-down list. */
export async function loadOptions(request: LoadRequest): Promise<INodePropertyOptions[]> {
	const method = found(request, request.nodeType.methods?.loadOptions?.[request.method]);
	return await inContext(request, async (context) => await method.call(context));
}

/** Calls `methods.listSearch[method]` as the editor does for a page of a searchable list. */
export async function listSearch(
	request: LoadRequest & { filter?: string; paginationToken?: string },
): Promise<INodeListSearchResult> {
	const { filter, paginationToken } = request;
	const method = found(request, request.nodeType.methods?.listSearch?.[request.method]);
	return await inContext(
		request,
		async (context) => await method.call(context, filter, paginationToken),
	);
}

/** Calls `methods.resourceMapping[method]` as the editor does for the fields of a resource mapper. */
export async function resourceMapping(request: LoadRequest): Promise<ResourceMapperFields> {
	const method = found(request, request.nodeType.methods?.resourceMapping?.[request.method]);
	return await inContext(request, async (context) => await method.call(context));
}

function found<Method>({ nodeType, method }: LoadRequest, value: Method | undefined): Method {
	if (!value)
		throw new Error(`${nodeType.description.name} has no method "${method}" of this kind`);
	return value;
}

async function inContext<Result>(
	request: LoadRequest,
	call: (context: ILoadOptionsFunctions) => Promise<Result>,
): Promise<Result> {
	const { nodeType, parameters = {}, credentials = [], path = '' } = request;
	await startExpressionEngine();
	const type = nodeType.description.name;
	const name = 'Temp-Node';
	const workflow = createWorkflow({
		nodes: [{ name, type, parameters }],
		types: new TestNodeTypes({ [type]: nodeType }),
		credentials,
	});
	const node = workflow.getNode(name);
	if (!node) throw new Error(`The workflow has no node "${name}"`);
	const additionalData = {
		...createAdditionalData(credentials),
		currentNodeParameters: parameters,
	};
	await workflow.expression.acquireIsolate?.();
	try {
		// n8n's own class: its declared type differs from the interface under our stricter checks only.
		const context = new LoadOptionsContext(workflow, node, additionalData, path);
		return await call(context as ILoadOptionsFunctions);
	} finally {
		await workflow.expression.releaseIsolate?.();
	}
}
