/** A whole number with commas between thousands. `toLocaleString` takes longer than sending a batch. */
export function count(number: number): string {
	return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
