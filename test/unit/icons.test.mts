import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** What WCAG 2.1 asks of graphics (success criterion 1.4.11, non-text contrast). */
const LOWEST_CONTRAST = 3;

const icons = [
	{ file: 'voiso.svg', theme: 'light', background: '#ffffff' },
	{ file: 'voiso.dark.svg', theme: 'dark', background: '#2b2b2b' },
];

describe.each(icons)('$file', ({ file, background }) => {
	const svg = readFileSync(new URL(`../../icons/${file}`, import.meta.url), 'utf8');

	it('is a 60 by 60 picture without anything from outside or from a script', () => {
		expect(svg).toContain('width="60" height="60" viewBox="0 0 60 60"');
		expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
			/script|href|url\(|http|style|<image|<text/i,
		);
	});

	it('can be read on the background of its theme, in every color it has', () => {
		const paints = [...svg.matchAll(/\b(?:fill|stroke)="([^"]+)"/g)].map(([, paint]) => paint);
		const colors = [...new Set(paints)].filter((paint) => paint !== 'none');
		expect(colors.length).toBeGreaterThan(0);
		for (const color of colors) {
			expect(color).toMatch(/^#[0-9A-F]{6}$/i);
			expect(contrast(color ?? '', background)).toBeGreaterThanOrEqual(LOWEST_CONTRAST);
		}
	});
});

it('both themes show the same mark', () => {
	const [light, dark] = icons.map(({ file }) =>
		readFileSync(new URL(`../../icons/${file}`, import.meta.url), 'utf8'),
	);
	const shape = (svg = '') => svg.replace(/#[0-9A-F]{6}/gi, 'color');
	expect(light).not.toBe(dark);
	expect(shape(light)).toBe(shape(dark));
});

it('the contrast is computed as WCAG defines it', () => {
	expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
	expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

/** Contrast ratio of two colors, 1 to 21. Source: WCAG 2.1, "relative luminance". */
function contrast(one: string, other: string): number {
	const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
		return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
