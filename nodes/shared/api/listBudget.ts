import { toText } from '../text';
import type { Connection } from './connection';

/** Characters of JSON; more of a list are more than n8n can hold. */
const MOST_CHARACTERS = 300_000_000;
/** Times the connection's `maxDelay`: half an hour in an execution. */
const LONGEST_READING = 30;

/** How large the pages of a list may get together, and how long they may take. */
export class ListBudget {
	private readonly connection: Connection;

	private readonly deadline: number;

	private characters = 0;

	constructor(connection: Connection) {
		this.connection = connection;
		this.deadline = connection.clock.now() + LONGEST_READING * connection.maxDelay;
	}

	/** What is wrong with the list when another page of it would be too much; undefined when it wouldn't. */
	spentBy(page: readonly unknown[]): 'endless' | 'timedOut' | undefined {
		this.characters += toText(page).length;
		if (this.characters > MOST_CHARACTERS) return 'endless';
		return this.connection.clock.now() > this.deadline ? 'timedOut' : undefined;
	}
}
