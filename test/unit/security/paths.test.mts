import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { campaignPath } from '../../../nodes/shared/api/campaigns.ts';
import type { ApiRequest } from '../../../nodes/shared/api/http.ts';
import { readUserIds } from '../../../nodes/VoisoCampaign/user/userIds.ts';
import { removeUsers } from '../../../nodes/VoisoCampaign/user/remove.ts';
import { fakeConnection, json } from '../api/fakeConnection.mts';

/** Texts that lead elsewhere when they get into a path as they are. */
const hostile = fc.oneof(
	fc.constantFrom(
		...[
			'../users',
			'3/../5',
			'3/leads',
			'3?x=1',
			'3#',
			'3;x',
			'3\\..\\5',
			'%2e%2e',
			'3%2f5',
			'//x',
		],
		...[
			'3\r\nHost: evil.com',
			'3\u0000',
			'\u2025',
			'\uff0f',
			'https://evil.com',
			'@evil.com',
			' 3',
		],
	),
	fc.string({ minLength: 1, unit: 'binary' }).filter((text) => text.isWellFormed()),
);

/** The segments of a path as a server sees them. */
const segments = (path: string) =>
	new URL(path, 'https://cc-ams03.voiso.com').pathname.split('/').map(decodeURIComponent);

describe('an ID in a path', () => {
	it('stays one segment, whatever it is', () => {
		fc.assert(
			fc.property(
				hostile.filter((id) => id !== '.' && id !== '..'),
				(id) => {
					expect(segments(campaignPath(id))).toEqual(['', 'api', 'v4', 'campaigns', id]);
				},
			),
			{ numRuns: 2000 },
		);
	});

	it('of a user cannot lead to another path: what is no ID is refused before', async () => {
		await fc.assert(
			fc.asyncProperty(fc.oneof(hostile, fc.constantFrom('.', '..')), async (text) => {
				const reading = readUserIds([text]);
				if (!reading.ok) return;
				const connection = fakeConnection(() => json({ user: { id: 1 } }));
				const campaign = { id: '3', status: 'active' };
				const users = reading.references.filter((each) => 'key' in each);
				await removeUsers(connection, campaign, undefined, users);
				for (const { path } of connection.requests as ApiRequest[]) {
					expect(segments(path).slice(0, -1)).toEqual(['', 'api', 'v4', 'campaigns', '3', 'users']);
					expect(segments(path).at(-1)).toMatch(/^[A-Za-z0-9_-]+$/);
				}
			}),
			{ numRuns: 500 },
		);
	});
});
