import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { StartOptions } from './index.mts';
import { initialOf, switches } from './options.mts';

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

interface Flag {
	name: string;
	initial: ReturnType<typeof initialOf>;
	choices?: readonly unknown[];
	about: string;
}

const flags: Flag[] = [
	{ name: 'port', initial: 4010, about: 'Port on 127.0.0.1; 0 = a free one' },
	...Object.entries(switches).map(([name, definition]) => ({
		...definition,
		name,
		initial: initialOf(definition),
	})),
];

function help(): string {
	const rows = flags.map(({ name, initial, choices, about }) => {
		const value =
			choices?.join('|') ?? (Array.isArray(initial) ? '<text>…' : `<${typeof initial}>`);
		const first = Array.isArray(initial) || initial === '' ? 'none' : String(initial);
		const usage = typeof initial === 'boolean' ? '' : ` ${value}`;
		return `  --${kebab(name)}${usage}\n      ${about} (default: ${first})`;
	});
	return [
		'A mock server (sandbox) of the Voiso API: the API under /api, control under /_sandbox, a page at /.',
		'Usage: npm run sandbox -- [switches]',
		'',
		...rows,
		'  --help\n      This text',
		'',
	].join('\n');
}

/** The text of a switch as the type it has; what it may be is checked at the start. */
function valueOf({ initial }: Flag, given: string | boolean | (string | boolean)[]): unknown {
	if (typeof initial !== 'number' || typeof given !== 'string') return given;
	return given.trim() === '' ? Number.NaN : Number(given);
}

function readArguments(): StartOptions | 'help' {
	const options: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean' } };
	for (const { name, initial } of flags) {
		options[kebab(name)] = {
			type: typeof initial === 'boolean' ? 'boolean' : 'string',
			multiple: Array.isArray(initial),
		};
	}
	const { values } = parseArgs({ options, strict: true });
	if (values.help) return 'help';
	return Object.fromEntries(
		flags.flatMap((flag) => {
			const given = values[kebab(flag.name)];
			if (given !== undefined) return [[flag.name, valueOf(flag, given)]];
			return flag.name === 'port' ? [['port', flag.initial]] : [];
		}),
	);
}

try {
	const options = readArguments();
	if (options === 'help') {
		process.stdout.write(help());
	} else {
		// Only now: what is wrong with a switch is said at once.
		const { startSandbox } = await import('./index.mts');
		const sandbox = await startSandbox(options);
		process.stdout.write(
			`Voiso sandbox: ${sandbox.url}\nAPI key: ${sandbox.apiKey}\nStop with Ctrl+C.\n`,
		);
		const end = () => void sandbox.close();
		process.once('SIGINT', end).once('SIGTERM', end);
	}
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
