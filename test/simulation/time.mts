import type { Clock } from '../../nodes/shared/throttle/throttle.ts';

/** Something that is going to happen at a virtual time. */
export interface Appointment {
	at: number;
	/** Whose wait it is; null for what happens at Voiso or on the network. */
	owner: object | null;
	happen: () => void;
}

/** More than any schedule can need: who makes more goes round in circles. */
const MOST_APPOINTMENTS = 20_000;

/** What keeps a schedule from coming to its end. */
export class NeverEnds extends Error {}

/**
 * Virtual time: a queue of appointments and a clock that jumps from one to the next. Between two of
 * them all promise callbacks run to their end, so the order of everything is the same in each run.
 */
export class VirtualTime {
	private clock = 0;

	private readonly agenda: Appointment[] = [];

	/** Appointments kept so far. */
	kept = 0;

	readonly now = (): number => this.clock;

	/** Appointments of one time are kept in the order in which they were made. */
	plan(delay: number, happen: () => void, owner: object | null = null): Appointment {
		const appointment = { at: this.clock + Math.max(0, delay), owner, happen };
		let place = this.agenda.length;
		while (place > 0 && (this.agenda[place - 1]?.at ?? 0) > appointment.at) place--;
		this.agenda.splice(place, 0, appointment);
		return appointment;
	}

	cancel(appointment: Appointment): void {
		const place = this.agenda.indexOf(appointment);
		if (place >= 0) this.agenda.splice(place, 1);
	}

	/** Cancels all that one owner waits for. */
	cancelAllOf(owner: object): void {
		for (const appointment of this.agenda.filter((one) => one.owner === owner)) {
			this.cancel(appointment);
		}
	}

	/** Waits, as code under test does; its timers fire early by up to `early` ms, as Node's may. */
	async sleep(
		ms: number,
		signal?: AbortSignal,
		{ early = 0, owner = null }: { early?: number; owner?: object | null } = {},
	): Promise<boolean> {
		return await new Promise<boolean>((resolve) => {
			const onAbort = () => {
				this.cancel(timer);
				resolve(false);
			};
			const finish = () => {
				signal?.removeEventListener('abort', onAbort);
				resolve(true);
			};
			const timer = this.plan(ms - Math.min(ms / 2, early), finish, owner);
			if (signal?.aborted) onAbort();
			else signal?.addEventListener('abort', onAbort, { once: true });
		});
	}

	/** How many waits of an owner are open. */
	openOf(owner: object): number {
		return this.agenda.filter((appointment) => appointment.owner === owner).length;
	}

	/**
	 * Lets time pass until `isOver`.
	 *
	 * @param afterEach is called after each appointment, before anybody has reacted to it
	 * @throws NeverEnds when nothing is planned any more, or after `horizon` ms or very many appointments
	 */
	async passUntil(
		isOver: () => boolean,
		horizon = Number.POSITIVE_INFINITY,
		afterEach: () => void = () => undefined,
	): Promise<void> {
		for (;;) {
			await reactions();
			if (isOver()) return;
			const next = this.agenda.shift();
			if (next === undefined) throw new NeverEnds('Somebody waits for what never happens');
			if (this.kept >= MOST_APPOINTMENTS) throw new NeverEnds('There is no end of appointments');
			if (next.at > horizon) throw new NeverEnds(`It is not over after ${horizon} ms`);
			this.clock = next.at;
			this.kept++;
			next.happen();
			afterEach();
		}
	}
}

/** A clock that moves only while somebody waits, and then at once. */
export function skippingClock(): Clock & { waits: number[] } {
	const waits: number[] = [];
	let now = 0;
	return {
		/** Milliseconds of each wait. */
		waits,
		now: () => now,
		sleep: async (ms, signal) => {
			if (signal?.aborted) return false;
			waits.push(ms);
			now += ms;
			return true;
		},
	};
}

/** Resolves when no promise callback is left to run. */
async function reactions(): Promise<void> {
	await new Promise<void>((resolve) => setImmediate(resolve));
}
