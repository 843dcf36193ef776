// Writes the TypeScript types of the Voiso API from its contract: `npm run generate:types`.
import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import openapiTypeScript, { astToString } from 'openapi-typescript';
import prettier from 'prettier';

const contract = new URL('../docs/voiso-api.openapi.yaml', import.meta.url);
export const typesFile = new URL('../nodes/shared/api/voisoApi.types.ts', import.meta.url);

const header = `/**
 * Generated from docs/voiso-api.openapi.yaml by \`npm run generate:types\`: change that file, not this
 * one.
 */

`;

/** The text of the types file that the contract, as it is now, asks for. */
export async function generateTypes() {
	const types = await openapiTypeScript(await readFile(contract, 'utf8'), {
		alphabetize: false,
		defaultNonNullable: false,
		rootTypes: true,
		rootTypesNoSchemaPrefix: true,
	});
	const style = await prettier.resolveConfig(typesFile.pathname);
	return await prettier.format(header + astToString(types), { ...style, parser: 'typescript' });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	await writeFile(typesFile, await generateTypes());
}
