/**
 * The text of anything, whatever a server, an item, an expression or a webhook holds: objects as JSON,
 * null and undefined as the empty text. Never throws, as `String` does for an object whose `toString` is
 * no function.
 */
export function toText(value: unknown): string {
	if (typeof value === 'string') return value;
	if (value === undefined || value === null) return '';
	try {
		// JSON has no text for what `toJSON` makes undefined.
		return typeof value === 'object' ? (JSON.stringify(value) ?? '') : String(value);
	} catch {
		return `[${typeof value}]`;
	}
}

/**
 * A text in one line of at most `max` characters. One that is longer ends with an ellipsis, and never
 * with half of a character that takes two units.
 */
export function shorten(text: string, max: number): string {
	const line = text.replace(/\s+/g, ' ').trim();
	if (line.length <= max) return line;
	return `${line.slice(0, Math.max(0, max - 1)).replace(/[\ud800-\udbff]$/, '')}…`;
}
