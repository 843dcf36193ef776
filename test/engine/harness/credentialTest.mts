import { CredentialTestContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	INodeCredentialTestResult,
	INodeType,
} from 'n8n-workflow';
import { createAdditionalData } from './workflow.mts';

/** Tests a credential as n8n's *Test* button does: with the function that a node names for it. */
export async function testCredential(
	{ description, methods }: INodeType,
	type: string,
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const { testedBy } = description.credentials?.find(({ name }) => name === type) ?? {};
	const test = typeof testedBy === 'string' ? methods?.credentialTest?.[testedBy] : undefined;
	if (!test) throw new Error(`The node "${description.name}" has no test for "${type}"`);
	const context = new CredentialTestContext(createAdditionalData([]));
	return await test.call(context, { id: 'test', name: 'Test', type, data });
}
