import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INode,
	INodeProperties,
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
		requestOptions: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.#get(typeName).type;
		if (!authenticate) return requestOptions;
		if (typeof authenticate === 'function') return await authenticate(data, requestOptions);

		const resolve = (value: unknown) =>
			String(
				workflow.expression.getSimpleParameterValue(node, String(value), 'internal', {
					$credentials: data,
				}),
			);
		const { headers = {}, qs = {}, auth } = authenticate.properties;
		const resolveAll = (values: object) =>
			Object.fromEntries(
				Object.entries(values).map(([key, value]) => [resolve(key), resolve(value)]),
			);
		requestOptions.headers = { ...requestOptions.headers, ...resolveAll(headers) };
		requestOptions.qs = { ...requestOptions.qs, ...resolveAll(qs) };
		if (auth) {
			const { username, password } = auth;
			requestOptions.auth = { username: resolve(username), password: resolve(password) };
		}
		return requestOptions;
	}

	override async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	override async runPreAuthentication(): Promise<undefined> {
		return undefined;
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
