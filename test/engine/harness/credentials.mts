import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeProperties,
	IRequestOptionsSimplified,
	Workflow,
} from 'n8n-workflow';
import { ICredentialsHelper } from 'n8n-workflow';

/** The data of one credential and the class that says how it is used. */
export interface TestCredential {
	type: ICredentialType;
	data: ICredentialDataDecryptedObject;
}

/** Applies the credential class as n8n's own helper does: a function, or the generic description. */
export class TestCredentialsHelper extends ICredentialsHelper {
	readonly #credentials: Map<string, TestCredential>;

	constructor(credentials: TestCredential[]) {
		super();
		this.#credentials = new Map(credentials.map((each) => [each.type.name, each]));
	}

	#get(name: string): TestCredential {
		const credential = this.#credentials.get(name);
		if (!credential) throw new Error(`The test gave no credential of the type "${name}"`);
		return credential;
	}

	override getParentTypes(): string[] {
		return [];
	}

	override isCredentialUsableByNode(): boolean {
		return true;
	}

	override async authenticate(
		data: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.#get(typeName).type;
		const request = { ...requestOptions } as IHttpRequestOptions;
		if (!authenticate) return request;
		if (typeof authenticate === 'function') return await authenticate(data, request);

		const resolve = (value: string) =>
			workflow.expression.getSimpleParameterValue(node, value, 'internal', {
				$credentials: data,
			}) as string;
		for (const [part, values] of Object.entries(authenticate.properties)) {
			const added = Object.fromEntries(
				Object.entries(values as IDataObject).map(([key, value]) => [
					resolve(key),
					resolve(String(value)),
				]),
			);
			Object.assign(request, { [part]: { ...partOf(request, part), ...added } });
		}
		return request;
	}

	override async preAuthentication(
		helpers: IHttpRequestHelper,
		data: ICredentialDataDecryptedObject,
		typeName: string,
	) {
		return await this.runPreAuthentication(helpers, data, typeName);
	}

	override async runPreAuthentication(
		helpers: IHttpRequestHelper,
		data: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const added = await this.#get(typeName).type.preAuthentication?.call(helpers, data);
		return added ? { ...data, ...(added as ICredentialDataDecryptedObject) } : undefined;
	}

	override async getCredentials(): Promise<never> {
		throw new Error('Encrypted credentials play no part in these tests');
	}

	override async getDecrypted(
		_additionalData: unknown,
		_nodeCredentials: unknown,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject> {
		return { ...this.#get(typeName).data };
	}

	override async updateCredentials(): Promise<void> {
		throw new Error('Nodes must not change credentials');
	}

	override async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('Nodes must not change credentials');
	}

	override getCredentialsProperties(typeName: string): INodeProperties[] {
		return this.#get(typeName).type.properties;
	}
}

function partOf(request: IHttpRequestOptions, part: string): IDataObject {
	return { ...Reflect.get(request, part) };
}
