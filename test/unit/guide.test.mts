import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { fillIn, guideFile } from '../../scripts/generate-guide.mts';
import { exampleFiles, readExample } from '../n8n/examples.mts';

describe('docs/guide.md', () => {
	let guide: string;

	beforeAll(async () => {
		guide = await readFile(guideFile, 'utf8');
	});

	test('says what the code says: npm run generate:guide', async () => {
		expect(await fillIn(guide)).toBe(guide);
	}, 60_000);

	test('has a word for everything that the code names', () => {
		const rows = guide.split('\n').filter((line) => line.startsWith('|'));
		const empty = rows.filter((row) => /^\|.*\|\s*\|$/.test(row));
		expect(empty).toEqual([]);
	});

	test.each(exampleFiles())('has a section on %s', (file) => {
		const section = guide.split(/^### /m).find((each) => each.includes(`../examples/${file})`));
		expect(section?.split('\n')[0]).toBe(readExample(file).name);
		expect(section).toContain(`(pictures/${file.replace(/json$/, 'png')})`);
	});

	test('links to places that are there', () => {
		const anchors = new Set(
			[...guide.matchAll(/^#+ (.+)$/gm)].map(
				([, title = '']) =>
					`#${title
						.toLowerCase()
						.replaceAll(/[^\p{L}\p{N} -]/gu, '')
						.replaceAll(' ', '-')}`,
			),
		);
		const links = [...guide.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
		const dead = links.filter((link) =>
			link.startsWith('#')
				? !anchors.has(link)
				: !/^https?:|^pictures\//.test(link) && !existsSync(join(dirname(guideFile), link)),
		);
		expect(links.length).toBeGreaterThan(50);
		expect(dead).toEqual([]);
	});
});
