import { expect } from 'vitest';
import type { NodeExecutionHint } from 'n8n-workflow';
import type { RunResult } from './runWorkflow.mts';

/** What a situation comes to: a run, or what a call of the editor throws. */
export type Told = Partial<Pick<RunResult, 'error' | 'hints' | 'runData'>> | { thrown: unknown };

/** The fields of output items that people read. */
const READ = ['status', 'reason', 'warning', 'error'] as const;

/** All that a user reads of a situation: title and description of the error, hints, and each kind of item. */
function textOf(told: Told): string {
	const lines: string[] = [];
	const error = 'thrown' in told ? told.thrown : told.error;
	if (error instanceof Error || (typeof error === 'object' && error !== null)) {
		const { message, description, context, httpCode }: ErrorParts = error;
		expect(message).toMatch(/^.{1,120}$/);
		lines.push(message ?? '', `    ${description ?? ''}`);
		const item = context?.itemIndex === undefined ? [] : [`item ${context.itemIndex}`];
		const known = [...item, ...(httpCode ? [`HTTP ${httpCode}`] : [])];
		if (known.length > 0) lines.push(`    [${known.join(', ')}]`);
	}
	if ('thrown' in told) return lines.join('\n');
	const hints: NodeExecutionHint[] = told.hints?.() ?? [];
	lines.push(...hints.map(({ type, message }) => `${type}: ${message}`));
	for (const tasks of Object.values(told.runData ?? {})) {
		for (const item of tasks.at(-1)?.data?.main?.flat() ?? []) {
			const json = item?.json ?? {};
			const parts = READ.filter((name) => json[name] !== undefined);
			if (parts.every((name) => name === 'status')) continue;
			lines.push(parts.map((name) => `${name}: ${String(json[name])}`).join(' | '));
		}
	}
	return [...new Set(lines)].join('\n');
}

interface ErrorParts {
	message?: string;
	description?: string | null | undefined;
	context?: { itemIndex?: number };
	httpCode?: string | null;
}

/** Situations by their names. */
export type Situations = Record<string, () => Promise<Told>>;

/** What a call of the editor throws. */
export async function thrownBy(call: Promise<unknown>): Promise<Told> {
	return await call.then(
		() => ({ thrown: undefined }),
		(thrown: unknown) => ({ thrown }),
	);
}

/**
 * Compares all that a user can read in some situations with a file of texts. Other tests check statuses,
 * keys and values, so that a text is changed here and in the code only.
 *
 * @param after what is to be known of each situation beside its texts, such as the requests made
 */
export async function expectTexts(
	situations: Situations,
	file: string,
	after: () => string = () => '',
): Promise<void> {
	const blocks: string[] = [];
	for (const [name, situation] of Object.entries(situations)) {
		const text = textOf(await situation());
		expect(text, name).not.toBe('');
		blocks.push([`## ${name}`, text, after()].filter((part) => part !== '').join('\n'));
	}
	const all = blocks
		.join('\n\n')
		.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
		.replaceAll(/(?:under )?\d+(?:\.\d+)? s\b/g, 'N s')
		.replaceAll(/(campaign |ID:? |Campaign )1\d\d\b/g, '$1N');
	await expect(`${all}\n`).toMatchFileSnapshot(file);
}
