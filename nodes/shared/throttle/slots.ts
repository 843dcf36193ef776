/**
 * A number of things to take and give back, such as the requests that one execution may have open at the
 * same time. Whoever waits first gets the next one.
 */
export class Slots {
	private free: number;

	private readonly waiting = new Set<() => void>();

	constructor(count: number) {
		this.free = count;
	}

	/** Takes one, if one is free at this moment. */
	tryTake(): boolean {
		if (this.free === 0) return false;
		this.free--;
		return true;
	}

	/** Takes one as soon as one is free; false when `signal` is aborted first. */
	async take(signal?: AbortSignal): Promise<boolean> {
		if (signal?.aborted) return false;
		if (this.tryTake()) return true;
		return await new Promise<boolean>((resolve) => {
			const proceed = () => {
				signal?.removeEventListener('abort', giveUp);
				resolve(true);
			};
			const giveUp = () => {
				this.waiting.delete(proceed);
				resolve(false);
			};
			signal?.addEventListener('abort', giveUp, { once: true });
			this.waiting.add(proceed);
		});
	}

	give(): void {
		const [first] = this.waiting;
		if (first === undefined) this.free++;
		else {
			this.waiting.delete(first);
			first();
		}
	}
}
