import { expect } from 'vitest';
import { type RawLead, toLead } from '../../../nodes/VoisoLeads/fields/index.ts';

export const phone_number = '447911123456';

/** What a lead with one more field is sent as, or why it is not. */
export function sent(raw: RawLead): unknown {
	const result = toLead({ phone_number, ...raw }, {});
	if ('reason' in result) return result.reason;
	const { phone_number: digits, ...rest } = result.lead;
	expect(digits).toBe(phone_number);
	return rest;
}
