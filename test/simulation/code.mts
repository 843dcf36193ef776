import type { add } from '../../nodes/VoisoLeads/operations/add.ts';
import type { deactivateEverywhere } from '../../nodes/VoisoLeads/operations/deactivate.ts';
import type { update } from '../../nodes/VoisoLeads/operations/update.ts';
import type { upsert } from '../../nodes/VoisoLeads/operations/upsert.ts';
import type { PreviousAttempts } from '../../nodes/VoisoLeads/send/previousAttempts.ts';
import type { retryAfterMs } from '../../nodes/shared/api/retryAfter.ts';
import type { ProcessMemory } from '../../nodes/shared/throttle/processMemory.ts';

/** The real code that a schedule is played with: the package's own, or a mutant of it. */
export interface DeliveryCode {
	add: typeof add;
	update: typeof update;
	upsert: typeof upsert;
	deactivateEverywhere: typeof deactivateEverywhere;
	ProcessMemory: typeof ProcessMemory;
	PreviousAttempts: typeof PreviousAttempts;
	retryAfterMs: typeof retryAfterMs;
}
