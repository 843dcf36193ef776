import { readFileSync } from 'node:fs';
import type { ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type Context, type Document, OpenAPIBackend } from 'openapi-backend';
import { parse } from 'yaml';
import {
	type Answer,
	badRequest,
	fieldErrors,
	forbidden,
	methodNotAllowed,
	notFound,
	unauthorized,
	violation,
} from '../rules/answers.mts';
import type { Call, Operation, Surroundings } from './call.mts';
import * as calls from './calls.mts';
import * as campaigns from './campaigns.mts';
import { opensContactStatus, scopesOf } from './keys.mts';
import * as leads from './leads.mts';
import * as users from './users.mts';
import * as webhooks from './webhooks.mts';

const contractFile = new URL('../../../docs/voiso-api.openapi.yaml', import.meta.url);

/** The answer for a request in which something does not fit the contract. */
function validationAnswer({ validation }: Context): Answer {
	const error: ErrorObject | undefined = validation.errors?.[0];
	const [part, ...path] = (error?.instancePath ?? '').split('/').slice(1);
	if (part === 'path') return notFound();
	const named = error?.params.missingProperty ?? error?.params.additionalProperty;
	const field = (named === undefined ? path : [...path, named]).join('.');
	const isUnknownQuery = part === 'query' && error?.keyword === 'additionalProperties';
	const isWrongAsWhole = field === '' && error?.keyword === 'type';
	if (!error || part === undefined || isUnknownQuery || isWrongAsWhole) return badRequest();
	return fieldErrors(422, { [field || 'base']: [error.message ?? 'is invalid'] });
}

const accessAnswer = ({ security }: Context): Answer =>
	security?.apiKey === false ? forbidden() : unauthorized();

/** `null` without a valid key, else whether the key has the scopes that the operation asks for. */
function checkKey({ operation }: Context, { world }: Surroundings, { headers }: Call) {
	if (operation.operationId === 'getContactStatus') {
		return opensContactStatus(headers.authorization, world.options) || null;
	}
	const held = scopesOf(headers.authorization, world.options);
	if (!held) return null;
	const needed = operation.security?.flatMap((requirement) => requirement.apiKey ?? []) ?? [];
	return needed.every((scope) => held.includes(scope));
}

/** A body that comes although the operation has none is refused too. */
const guarded =
	(operation: Operation): Operation =>
	(context, surroundings, call) =>
		!context.operation.requestBody && call.text !== undefined
			? violation(badRequest())
			: operation(context, surroundings, call);

const wrongMethod = (_context: Context, { world }: Surroundings): Answer =>
	violation(world.options.wrongMethodStatus === 404 ? notFound() : methodNotAllowed());

const operations: Record<string, Operation> = {
	...calls,
	...campaigns,
	...leads,
	...users,
	...webhooks,
};

// OpenAPI 3.1 schemas are JSON Schema 2020-12, for which Ajv has a class of its own. Each object
// of it compiles the schema of schemas anew, so all operations share these two.
const formats = { 'date-time': (text: string) => !Number.isNaN(Date.parse(text)) };
const exact = new Ajv2020({ strict: false, formats });
const coercing = new Ajv2020({ strict: false, formats, coerceTypes: true });

type Definition = Document & {
	servers: { url: string }[];
	paths: Record<string, { servers?: { url: string }[] }>;
};

/** The contract with each path below `/api`, as its server says: `/v4/campaigns`. */
function readContract(): Document {
	const definition: Definition = parse(readFileSync(contractFile, 'utf8'));
	const paths = Object.entries(definition.paths).map(([path, item]) => {
		const { url = '' } = (item.servers ?? definition.servers)[0] ?? {};
		return [url.replace(/^.*\/api(?=\/)/, '') + path, item];
	});
	return { ...definition, paths: Object.fromEntries(paths) };
}

/** Routes and checks requests by the contract. Compiled once for all sandboxes of a process. */
export const contract = await new OpenAPIBackend({
	definition: readContract(),
	// Without it the document itself is checked as well, but only by the rules of OpenAPI 3.0.
	quick: true,
	apiRoot: '/api',
	strict: true,
	ignoreTrailingSlashes: false,
	coerceTypes: true,
	customizeAjv: (_ajv, options) => (options.coerceTypes ? coercing : exact),
	securityHandlers: { apiKey: checkKey },
	handlers: {
		...Object.fromEntries(Object.entries(operations).map(([id, run]) => [id, guarded(run)])),
		notFound: () => violation(notFound()),
		methodNotAllowed: wrongMethod,
		unauthorizedHandler: accessAnswer,
		validationFail: (context: Context) => violation(validationAnswer(context)),
	},
}).init();
contract.validator.preCompileRequestValidators();

/** What a campaign is by the contract, without the references of the document. */
export const schemaOfCampaign = dereferenced('Campaign');

function dereferenced(name: string): { properties: Record<string, object> } {
	const schema = contract.definition.components?.schemas?.[name];
	if (!schema || !('properties' in schema) || !schema.properties) {
		throw new Error(`The contract has no schema ${name} with properties`);
	}
	return { properties: schema.properties };
}
