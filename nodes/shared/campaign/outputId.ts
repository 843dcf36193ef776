/** The ID of a campaign in an output: a number, as Voiso gives it, unless it is some other text. */
export function outputId(id: string): number | string {
	return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : id;
}
