import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Runs one of the scripts of this folder in a fresh process, which gets the job as its argument and
 * sends back one message.
 *
 * @throws when the process ends without a message
 */
export async function inProcess<Answer>(
	script: string,
	job: object,
	env: NodeJS.ProcessEnv = {},
): Promise<Answer> {
	const file = fileURLToPath(new URL(script, import.meta.url));
	const child = fork(file, [JSON.stringify(job)], {
		execArgv: ['--expose-gc'],
		env: { ...process.env, NODE_ENV: 'production', EXPRESSION_ISOLATES: 'n8n', ...env },
	});
	const answers: Answer[] = [];
	child.on('message', (message) => answers.push(message as Answer));
	const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
	const [answer] = answers;
	if (answer === undefined) {
		throw new Error(`${script} ${JSON.stringify(job)} ended with ${code ?? signal} and no result`);
	}
	return answer;
}
