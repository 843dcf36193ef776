import { expect, test } from 'vitest';
import { listIn } from '../../../nodes/shared/api/listIn.ts';

const rows = [{ id: 1 }];

test.each<[string, unknown, unknown]>([
	['of the likely name', { errors: [{}], rows }, rows],
	['of the likely name, though it is empty', { rows: [], filters: [{}] }, []],
	['of another name', { metadata: { total: 1 }, records: rows }, rows],
	['that holds objects, of several', { warnings: [], tags: ['a'], records: rows }, rows],
	['that comes first, where none holds objects', { records: [], warnings: ['a'] }, []],
	['that is bare', rows, rows],
	['in an object that says null instead', { rows: null }, undefined],
	['in what has none', { rows: { 1: {} } }, undefined],
	['in a text', 'rows', undefined],
	['in nothing', null, undefined],
])('the list %s', (_, body, expected) => {
	expect(listIn(body, 'rows')).toEqual(expected);
});
