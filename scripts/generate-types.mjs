// Writes the TypeScript types of the Voiso API from its contract: `npm run generate:types`.
// With `-- --check` it only says whether they are current.
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import openapiTypeScript, { astToString } from 'openapi-typescript';
import prettier from 'prettier';

const contract = new URL('../docs/voiso-api.openapi.yaml', import.meta.url);
const typesFile = new URL('../nodes/shared/api/voisoApi.types.ts', import.meta.url);

const header = `/**
 * Generated from docs/voiso-api.openapi.yaml by \`npm run generate:types\`: change that file, not this
 * one.
 */

`;

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const types = await openapiTypeScript(await readFile(contract, 'utf8'), {
	rootTypes: true,
	rootTypesNoSchemaPrefix: true,
	defaultNonNullable: false,
});
const style = await prettier.resolveConfig(typesFile);
const text = await prettier.format(header + astToString(types), { ...style, parser: 'typescript' });

if (!values.check) {
	await writeFile(typesFile, text);
} else if ((await readFile(typesFile, 'utf8')) !== text) {
	process.stderr.write(
		'voisoApi.types.ts is not what the contract asks for: npm run generate:types\n',
	);
	process.exitCode = 1;
}
