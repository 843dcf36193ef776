/** A whole number with commas between thousands. The first `toLocaleString` of a process takes 10 ms. */
export function count(number: number): string {
	return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
