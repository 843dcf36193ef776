// @ts-check
import { spawn } from 'node:child_process';

/** A failure the user can do something about: `message` says what went wrong, `advice` what to do. */
export class SetupError extends Error {
	/**
	 * @param {string} message
	 * @param {string} [advice]
	 * @param {string} [details] the last lines a command printed
	 */
	constructor(message, advice, details) {
		super(message);
		this.name = 'SetupError';
		this.advice = advice;
		this.details = details;
	}
}

/** What the output of npm or node-gyp shows when it fails, and what helps. The first match counts. */
const knownFailures = [
	{
		pattern: /ENOSPC|no space left on device/i,
		reason: 'the disk is full',
		advice: 'Free some space, or set N8N_NODES_VOISO_CACHE to a folder on a larger disk.',
	},
	{
		pattern:
			/find Python|not found: make|make: not found|g\+\+: not found|no acceptable C|xcode-select|MSBUILD|Visual Studio/i,
		reason: 'a compiler is missing (n8n needs it for sqlite3)',
		advice:
			'Install Python 3, make and a C++ compiler. Debian and Ubuntu: apt-get install -y python3 make g++; macOS: xcode-select --install.',
	},
	{
		pattern: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network request/i,
		reason: 'the package registry could not be reached',
		advice:
			'Check the network. Behind a proxy or a mirror, set it for npm: npm config set proxy <address>, npm config set registry <address>.',
	},
	{
		pattern: /EACCES|EPERM|permission denied/i,
		reason: 'a file or folder may not be written',
		advice: 'Give this user write access to the checkout, the cache folder and npm’s own cache.',
	},
	{
		pattern: /EINTEGRITY/,
		reason: 'a downloaded package does not match the lock file',
		advice: 'Clear npm’s cache (npm cache clean --force) and try again.',
	},
	{
		pattern: /E404|ETARGET|No matching version/i,
		reason: 'the registry does not have a package that is needed',
		advice: 'Check the version asked for and that npm uses a complete registry.',
	},
];

/** @param {number} since a `Date.now()` */
const seconds = (since) => Math.round((Date.now() - since) / 1000);

/**
 * Shows that something long is going on: one line that counts seconds on a terminal, and otherwise a
 * line at the start, every 20 seconds and at the end.
 * @template T
 * @param {string} title what is being done, as in "Installing n8n 2.41.1"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(title, work) {
	const started = Date.now();
	const live = process.stderr.isTTY === true;
	const show = () => process.stderr.write(`\r\x1b[2K… ${title} (${seconds(started)} s)`);
	if (live) show();
	else console.error(`… ${title}`);
	const timer = setInterval(
		live ? show : () => console.error(`… ${title} (${seconds(started)} s)`),
		live ? 1000 : 20_000,
	);
	let mark = '✗';
	try {
		const result = await work();
		mark = '✓';
		return result;
	} finally {
		clearInterval(timer);
		console.error(`${live ? '\r\x1b[2K' : ''}${mark} ${title} (${seconds(started)} s)`);
	}
}

/**
 * Runs a command and keeps its output, which is only shown when it fails.
 * @param {string} title as for `withProgress`
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<string>} what it printed
 * @throws {SetupError} with the reason and what to do about it
 */
export async function runStep(title, command, args, { cwd, env = process.env }) {
	return await withProgress(title, async () => {
		const { code, output } = await collect(command, args, { cwd, env });
		if (code === 0) return output;
		const known = knownFailures.find(({ pattern }) => pattern.test(output));
		throw new SetupError(
			`${title} failed: ${known?.reason ?? `"${command} ${args.join(' ')}" ended with ${code}`}.`,
			known?.advice,
			excerpt(output),
		);
	});
}

/**
 * The lines that tell why a command failed: npm says it first, a compiler last.
 * @param {string} output
 */
function excerpt(output) {
	const lines = output
		// Of a line that was drawn again and again, only the last state.
		.replace(/^.*\x1b\[(?:999D|2K|J|G)/gm, '')
		.replace(/\x1b\[[\d;?]*[A-Za-z]/g, '')
		.trim()
		.split('\n')
		.filter((line) => !line.startsWith('npm warn'));
	return lines.length <= 30
		? lines.join('\n')
		: [...lines.slice(0, 15), '…', ...lines.slice(-15)].join('\n');
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ code: number | string, output: string }>}
 */
function collect(command, args, { cwd, env }) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd,
			env,
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32',
		});
		let output = '';
		for (const stream of [child.stdout, child.stderr])
			stream.setEncoding('utf8').on('data', (text) => (output += text));
		const stop = () => child.kill('SIGTERM');
		process.once('exit', stop);
		child.once('error', (error) => {
			const missing = 'code' in error && error.code === 'ENOENT';
			reject(
				new SetupError(
					missing ? `The command ${command} was not found.` : error.message,
					missing && command === 'npm'
						? 'Install Node 20 or later together with npm, so that both are on the PATH.'
						: undefined,
				),
			);
		});
		child.once('close', (code, signal) => {
			process.off('exit', stop);
			resolve({ code: code ?? signal ?? 'no code', output });
		});
	});
}

/**
 * Runs a script's main function: a failure ends the process with status 1 and its message, and the
 * signals that end a program end it through `process.exit`, so that what it started is cleared up.
 * @param {() => Promise<number | void>} main gives the exit status
 */
export function runMain(main) {
	process.once('SIGINT', () => process.exit(130));
	process.once('SIGTERM', () => process.exit(143));
	process.once('SIGHUP', () => process.exit(129));
	main().then(
		(status) => process.exit(status ?? 0),
		(error) => {
			if (error instanceof SetupError) {
				if (error.details) console.error(`\n${error.details}`);
				console.error(`\n${error.message}${error.advice ? `\n${error.advice}` : ''}`);
			} else console.error(error);
			process.exit(1);
		},
	);
}
