import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createConfig, lint, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const file = fileURLToPath(new URL('../../../docs/voiso-api.openapi.yaml', import.meta.url));
const text = await readFile(file, 'utf8');
const config = await createConfig({
	extends: ['recommended-strict'],
	rules: {
		'no-invalid-media-type-examples': { severity: 'error', allowAdditionalProperties: true },
		'no-invalid-schema-examples': 'error',
		'no-invalid-parameter-examples': 'error',
	},
});

const problemsOf = async (source: string) =>
	(await lintFromString({ source, absoluteRef: file, config })).map(({ ruleId }) => ruleId);

describe('the contract', () => {
	it('is valid OpenAPI 3.1 with examples that match their schemas', async () => {
		expect(parse(text).openapi).toBe('3.1.0');
		expect(await lint({ ref: file, config })).toEqual([]);
	});

	it.each([
		[
			'an example of a body',
			"phone_number: '447911123456'\n                name: Ada Lovelace",
			'name: 1',
			'no-invalid-media-type-examples',
		],
		[
			'an example of a webhook',
			'contact_center_id: 42',
			'contact_center_id: {}',
			'no-invalid-media-type-examples',
		],
		['an example of a parameter', 'example: 100', 'example: 101', 'no-invalid-parameter-examples'],
		['a shared answer', 'error: Unauthorized', 'error: 401', 'no-invalid-media-type-examples'],
		['a type', 'type: integer', 'type: int', 'struct'],
	])('is told apart from one with a mistake in %s', async (_what, right, wrong, rule) => {
		expect(text).toContain(right);
		expect(await problemsOf(text.replace(right, wrong))).toContain(rule);
	});

	it('says of everything it describes where that comes from', () => {
		const { paths, webhooks, components } = parse(text);
		const operations = [paths, webhooks].flatMap((group) =>
			Object.values<Record<string, unknown>>(group).flatMap((item) =>
				Object.entries(item).filter(([key]) => key !== 'parameters' && key !== 'servers'),
			),
		);
		const described: [string, { description?: string; $ref?: string }][] = [
			...operations.flatMap(([, operation]) => describedIn(operation)),
			...Object.entries<{ description?: string }>(components.schemas),
			...Object.entries<{ description?: string }>(components.parameters),
			...Object.entries<{ description?: string }>(components.responses),
			...Object.entries<{ description?: string }>(components.securitySchemes),
		];
		expect(described.length).toBeGreaterThan(60);
		const unmarked = described.filter(
			([, { description, $ref }]) =>
				!$ref && !/\[(doc|sample|legacy|open)\]/.test(description ?? ''),
		);
		expect(unmarked.map(([name]) => name)).toEqual([]);
	});

	it('has the types of the nodes generated from it as it is', { timeout: 60_000 }, async () => {
		const script = fileURLToPath(new URL('../../../scripts/generate-types.mjs', import.meta.url));
		const { stderr } = await promisify(execFile)(process.execPath, [script, '--check']);
		expect(stderr).toBe('');
	});
});

interface Operation {
	operationId: string;
	description?: string;
	parameters?: { name?: string; description?: string }[];
	responses: Record<string, { description?: string }>;
}

/** An operation, its parameters and its answers, under names to find them by. */
function describedIn(value: unknown): [string, { description?: string }][] {
	const operation = value as Operation;
	const id = operation.operationId;
	return [
		[id, operation],
		...(operation.parameters ?? []).map((parameter): [string, { description?: string }] => [
			`${id} ${parameter.name}`,
			parameter,
		]),
		...Object.entries(operation.responses).map(
			([status, response]): [string, { description?: string }] => [`${id} ${status}`, response],
		),
	];
}
