import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A mail server that takes every message and sends none. */
export class MailServer {
	/** The messages as they came, headers and attachments included. */
	readonly messages: string[] = [];
	private readonly server: Server;

	private constructor() {
		this.server = createServer((socket) => {
			let message: string | undefined;
			let rest = '';
			const reply = (line: string) => socket.write(`${line}\r\n`);
			const handle = (line: string) => {
				if (message !== undefined) {
					if (line !== '.') message += `${line}\n`;
					else {
						this.messages.push(message);
						message = undefined;
						reply('250 Taken');
					}
				} else if (/^DATA/i.test(line)) {
					message = '';
					reply('354 Go on');
				} else if (/^QUIT/i.test(line)) {
					reply('221 Bye');
					socket.end();
				} else reply('250 OK');
			};
			socket.setEncoding('utf8').on('data', (text: string) => {
				const lines = (rest + text).split('\r\n');
				rest = lines.pop() ?? '';
				for (const line of lines) handle(line);
			});
			socket.on('error', () => socket.destroy());
			reply('220 test');
		});
	}

	static async start(): Promise<MailServer> {
		const mail = new MailServer();
		await new Promise<void>((resolve) => mail.server.listen(0, '127.0.0.1', resolve));
		return mail;
	}

	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}

	async close(): Promise<void> {
		await new Promise((resolve) => this.server.close(resolve));
	}
}
