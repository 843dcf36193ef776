/**
 * Odd factors of a multiplicative hash of whole numbers up to 2^53. Others in each process: with factors that are
 * known, somebody could choose numbers that all want the same slot, and 40,000 of them take seconds.
 */
const randomFactor = () => Math.trunc(Math.random() * 0x100000000) | 1;
const LOW = randomFactor();
const HIGH = randomFactor();
/** Small, so that V8 keeps it within the object: a column of campaigns can name a hundred thousand. */
const FIRST_CAPACITY = 8;

/**
 * The place at which each phone number stood first, such as its row, in 24 to 48 bytes a number and outside of the
 * heap: a million entries of a `Map` take three times that, within it, and twice the time.
 */
export class NumberTable {
	/** Stays in memory, so that V8 keeps what it compiled for such objects: docs/decisions/compiled-code.md. */
	static readonly kept = new NumberTable();

	private numbers = new Float64Array(FIRST_CAPACITY);

	private places = new Uint32Array(FIRST_CAPACITY);

	private size = 0;

	/**
	 * The place at which the number came before, else `place`, which is remembered.
	 *
	 * @param phone up to fifteen digits without a leading zero
	 */
	first(phone: string, place: number): number {
		// Exact: a number of fifteen digits is below 2^53.
		const number = Number(phone);
		const slot = this.slotOf(number);
		if (this.numbers[slot] === number) return this.places[slot] ?? place;
		this.numbers[slot] = number;
		this.places[slot] = place;
		if (++this.size * 2 > this.numbers.length) this.grow();
		return place;
	}

	/** Where the number is, or would be; there is always room. */
	private slotOf(number: number): number {
		const mask = this.numbers.length - 1;
		const hash = Math.imul(number % 0x100000000, LOW) ^ Math.imul(number / 0x100000000, HIGH);
		let slot = (hash ^ (hash >>> 15)) & mask;
		while (this.numbers[slot] !== 0 && this.numbers[slot] !== number) slot = (slot + 1) & mask;
		return slot;
	}

	private grow(): void {
		const { numbers, places } = this;
		this.numbers = new Float64Array(numbers.length * 2);
		this.places = new Uint32Array(places.length * 2);
		for (let slot = 0; slot < numbers.length; slot++) {
			const number = numbers[slot] ?? 0;
			if (number === 0) continue;
			const free = this.slotOf(number);
			this.numbers[free] = number;
			this.places[free] = places[slot] ?? 0;
		}
	}
}
