import { beforeAll, describe, expect, it } from 'vitest';
import { judgeSchedule } from './check.mts';
import type { DeliveryCode } from './code.mts';
import { FOUND } from './found.mts';
import { loadCode } from './load.mts';

/** Each was found by the simulation once: it must not come back, and must still be noticed. */
describe.each(FOUND)('$title', ({ defect, schedule }) => {
	let code: DeliveryCode;
	beforeAll(async () => {
		code = await loadCode();
	});

	it('does not happen', async () => {
		expect(await judgeSchedule(schedule, code)).toBeUndefined();
	});

	it('would be noticed', async () => {
		expect(await judgeSchedule(schedule, await loadCode(...defect))).toBeDefined();
	});
});
