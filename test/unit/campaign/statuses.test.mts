import { expect, it } from 'vitest';
import {
	isTransitional,
	mayCall,
	statusName,
	statusOptions,
} from '../../../nodes/shared/campaign/statuses.ts';

it.each([
	['active', 'Active', false, true],
	['auto_paused', 'Auto Paused', false, true],
	['auto_pausing', 'Auto Pausing', true, true],
	['completed', 'Completed', false, false],
	['draft', 'Draft', false, false],
	['import_error', 'Import Error', false, false],
	['paused', 'Paused', false, true],
	['pausing', 'Pausing', true, true],
	['processing', 'Processing', true, true],
	['stopped', 'Stopped', false, false],
	['stopping', 'Stopping', true, true],
	['archived', 'archived', false, true],
	['toString', 'toString', false, true],
	['', '', false, true],
])(
	'the status %j is called %j, is transitional: %j, may call: %j',
	(status, name, passes, calls) => {
		expect(statusName(status)).toBe(name);
		expect(isTransitional(status)).toBe(passes);
		expect(mayCall({ id: 3, status })).toBe(calls);
	},
);

it('a campaign without a status may call', () => {
	expect(mayCall({ id: 3 })).toBe(true);
	expect(mayCall({ id: 3, status: 7 })).toBe(true);
});

it('all that Voiso documents can be selected, in the order of their names', () => {
	const names = statusOptions.map(({ name }) => name);
	expect(names).toHaveLength(11);
	expect(names).toEqual([...names].sort());
});
