// Runs one program and sees to it that nothing of it outlives the test that started it. The test holds
// this process's standard input open; when that closes before the program has ended, for whatever
// reason, the program is killed with all its children and its folders are removed.
// Started by processes.mts in a process group of its own: node guard.mts '<a GuardedCommand as JSON>'
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

export interface GuardedCommand {
	command: string;
	args: string[];
	/** Folders to remove when the test is gone. */
	remove: string[];
	/** Whom the program runs as; as this process when not given. */
	user?: SystemUser;
}

/** Ids of a user of the operating system. */
export interface SystemUser {
	uid: number;
	gid: number;
}

const given = process.argv[2];
if (given === undefined) throw new Error('guard.mts was started without a command');
const { command, args, remove, user } = JSON.parse(given) as GuardedCommand;

const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...user });
child.once('error', (error) => {
	console.error(error.message);
	process.exit(127);
});
child.once('exit', (code) => process.exit(code ?? 1));
process.on('SIGTERM', () => child.kill('SIGTERM'));
// Ctrl-C is for the test; how its programs end is the test's decision.
process.on('SIGINT', () => undefined);
process.stdin.resume().once('close', () => {
	child.removeAllListeners('exit');
	child.once('exit', () => {
		for (const folder of remove)
			rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
		process.kill(-process.pid, 'SIGKILL');
	});
	child.kill('SIGKILL');
});
