// Writes the TypeScript types of the Voiso API from its contract: `npm run generate:types`.
// With `-- --check` it only says whether they are current.
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import openapiTypeScript, { astToString } from 'openapi-typescript';
import prettier from 'prettier';
import { parse } from 'yaml';

/** The schemas that the code imports; those that they refer to come along. */
const used = [
	'AgentStatusEventData',
	'AnalyticsEventData',
	'CallEventData',
	'Campaign',
	'CampaignStatus',
	'Cdr',
	'ContactStatus',
	'Lead',
	'LeadUpdate',
	'UserId',
	'UserIds',
	'WebhookEvent',
];

const contract = new URL('../docs/voiso-api.openapi.yaml', import.meta.url);
const typesFile = new URL('../nodes/shared/api/generated/voisoApi.types.ts', import.meta.url);

const header = `/**
 * Generated from docs/voiso-api.openapi.yaml by \`npm run generate:types\`: change that file, not this
 * one.
 */

`;

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const { openapi, info, components } = parse(await readFile(contract, 'utf8'));
const schemas = withReferences(used, components.schemas);
const ast = await openapiTypeScript(
	{ openapi, info, paths: {}, components: { schemas } },
	{ rootTypes: true, rootTypesNoSchemaPrefix: true, defaultNonNullable: false },
);
const wanted = new Set(['components', ...used]);
const statements = ast.filter(({ name }) => wanted.has(name?.text));
const style = await prettier.resolveConfig(typesFile);
const text = await prettier.format(header + astToString(statements), {
	...style,
	parser: 'typescript',
});

if (!values.check) {
	await writeFile(typesFile, text);
} else if ((await readFile(typesFile, 'utf8')) !== text) {
	process.stderr.write(
		'voisoApi.types.ts is not what the contract asks for: npm run generate:types\n',
	);
	process.exitCode = 1;
}

/** Schemas by name, with all that they refer to. */
function withReferences(names, all) {
	const found = new Set(names);
	// What is added while the set is gone through is gone through, too.
	for (const name of found) {
		const text = JSON.stringify(all[name]);
		for (const [, other] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) found.add(other);
	}
	return Object.fromEntries(Object.entries(all).filter(([name]) => found.has(name)));
}
