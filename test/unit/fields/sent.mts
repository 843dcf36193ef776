import { expect } from 'vitest';
import { leadFields, type LeadFieldName } from '../../../nodes/VoisoLeads/fields/leadFields.ts';
import { type RawLead, toLead } from '../../../nodes/VoisoLeads/fields/toLead.ts';

/** All fields were mapped by hand. */
export const BY_HAND: ReadonlySet<LeadFieldName> = new Set(
	Object.keys(leadFields) as LeadFieldName[],
);

/** All fields were found by their names. */
export const AUTOMATICALLY: ReadonlySet<LeadFieldName> = new Set();

export const phone_number = '447911123456';

/** What a lead with one more field is sent as, or why it is not. */
export function sent(raw: RawLead): unknown {
	const result = toLead({ phone_number, ...raw }, {}, BY_HAND);
	if ('reason' in result) return result.reason;
	const { phone_number: digits, ...rest } = result.lead;
	expect(digits).toBe(phone_number);
	return rest;
}

/** The reason for a field that can't be read; it ends with what it got. All reasons are in texts.txt. */
export const refusal = (field: LeadFieldName, got = ''): string =>
	expect.stringMatching(
		new RegExp(`^${field} (?s:.*)${got.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`),
	);
