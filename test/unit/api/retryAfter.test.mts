import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { retryAfterMs } from '../../../nodes/shared/api/retryAfter.ts';

const now = Date.parse('2025-03-04T10:30:00Z');
const DAY = 86_400_000;

describe('Retry-After', () => {
	it.each<[string, number]>([
		['0', 0],
		['3', 3000],
		[' 120 ', 120_000],
		['1.5', 1500],
		['10.25', 10_250],
		['86400', DAY],
		['86401', DAY],
		['99999999999999999999', DAY],
		['Tue, 04 Mar 2025 10:30:05 GMT', 5000],
		['tue, 04 Mar 2025 10:30:05 GMT', 5000],
		['Tuesday, 04-Mar-25 10:31:00 GMT', 60_000],
		['Tue Mar  4 10:30:07 2025 GMT', 7000],
		['Tue, 04 Mar 2025 10:29:00 GMT', 0],
		['Thu, 01 Jan 1970 00:00:00 GMT', 0],
		['Wed, 05 Mar 2025 10:30:00 GMT', DAY],
		['Wed, 05 Mar 2025 10:30:01 GMT', DAY],
	])('%j asks for %i ms', (header, ms) => {
		expect(retryAfterMs({ 'retry-after': header }, now)).toBe(ms);
	});

	it('is read in UTC in the form without a zone, wherever n8n runs', () => {
		vi.stubEnv('TZ', 'Asia/Tokyo');
		onTestFinished(() => void vi.unstubAllEnvs());
		expect(new Date(now).getHours()).toBe(19);
		expect(retryAfterMs({ 'retry-after': 'Tue Mar  4 10:30:07 2025' }, now)).toBe(7000);
	});

	it('is missing when the response has no headers', () => {
		expect(retryAfterMs(undefined, now)).toBeUndefined();
		expect(retryAfterMs({ date: 'Tue, 04 Mar 2025 10:30:05 GMT' }, now)).toBeUndefined();
	});

	it.each([
		['an hour ahead', 'Tue, 04 Mar 2025 11:30:00 GMT', 'Tue, 04 Mar 2025 11:30:02 GMT', 2000],
		['an hour behind', 'Tue, 04 Mar 2025 09:30:00 GMT', 'Tue, 04 Mar 2025 09:30:02 GMT', 2000],
		['in the year 1970', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Tue, 04 Mar 2025 10:30:02 GMT', DAY],
		['not readable', 'now', 'Tue, 04 Mar 2025 10:30:02 GMT', 2000],
	])("is read by the server's own clock when that is %s", (_, date, header, ms) => {
		expect(retryAfterMs({ date, 'retry-after': header }, now)).toBe(ms);
		expect(retryAfterMs({ date, 'retry-after': '3' }, now)).toBe(3000);
	});

	it.each([
		undefined,
		null,
		5,
		['3'],
		'',
		' ',
		'-5',
		'+5',
		'5s',
		's5',
		'.5',
		'5.',
		'1e3',
		'soon',
		'2025-03-04T10:30:05Z',
		'04 Mar 2025 10:30:05 GMT',
		'4 Tue, 04 Mar 2025 10:30:05 GMT',
		'Tue, 99 Mar 2025 10:30:05 GMT',
		'Never, ever',
	])('%j asks for nothing', (header) => {
		expect(retryAfterMs({ 'retry-after': header }, now)).toBeUndefined();
	});
});
