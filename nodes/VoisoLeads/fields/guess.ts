/** tmp */
export function guessCountry(
	numbers: Iterable<string>,
): { country: string; name: string; matching: number; total: number } | undefined {
	void numbers;
	return undefined;
}
export function countryOptions() {
	return [{ name: 'United Kingdom (GB, +44)', value: 'GB' }];
}
export function readCountry(v: unknown) {
	return v === 'GB' ? 'GB' : undefined;
}
