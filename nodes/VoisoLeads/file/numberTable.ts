/** A multiplicative hash of whole numbers up to 2^53: the odd constants are prime. */
const LOW = 0x9e3779b1;
const HIGH = 0x85ebca6b;
/** Small: a column of campaigns can name thousands. */
const FIRST_CAPACITY = 16;

/**
 * The row in which each phone number stood first, in 24 to 48 bytes a number and outside of the heap: a million
 * entries of a `Map` take three times that, within it.
 */
export class NumberTable {
	private numbers = new Float64Array(FIRST_CAPACITY);

	private rows = new Uint32Array(FIRST_CAPACITY);

	private size = 0;

	/** The row of the number that came before, else `row`, which is remembered. */
	firstRow(phone: string, row: number): number {
		// Up to fifteen digits without a leading zero: exact as a number.
		const number = Number(phone);
		const place = this.placeOf(number);
		if (this.numbers[place] === number) return this.rows[place] ?? row;
		this.numbers[place] = number;
		this.rows[place] = row;
		if (++this.size * 2 > this.numbers.length) this.grow();
		return row;
	}

	/** Where the number is, or would be; there is always room. */
	private placeOf(number: number): number {
		const mask = this.numbers.length - 1;
		const hash = Math.imul(number % 0x100000000, LOW) ^ Math.imul(number / 0x100000000, HIGH);
		let place = (hash ^ (hash >>> 15)) & mask;
		while (this.numbers[place] !== 0 && this.numbers[place] !== number) place = (place + 1) & mask;
		return place;
	}

	private grow(): void {
		const { numbers, rows } = this;
		this.numbers = new Float64Array(numbers.length * 2);
		this.rows = new Uint32Array(rows.length * 2);
		numbers.forEach((number, place) => {
			if (number === 0) return;
			const free = this.placeOf(number);
			this.numbers[free] = number;
			this.rows[free] = rows[place] ?? 0;
		});
	}
}
