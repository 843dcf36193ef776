import type { SandboxOptions } from '../options.mts';

/** API keys of the sandbox, by what they are for. */
export const apiKeys = {
	full: 'sandbox-full-access',
	readOnly: 'sandbox-read-only',
	manageOnly: 'sandbox-manage-only',
	noUsersRead: 'sandbox-no-users-read',
	noCdrsRead: 'sandbox-no-cdrs-read',
	noScopes: 'sandbox-no-scopes',
} as const;

/** The token that only the dialer v1 API takes. */
export const contactCenterToken = 'sandbox-contact-center';

const scopes: Record<string, string[]> = {
	[apiKeys.full]: [
		'campaigns.read',
		'campaigns.manage',
		'users.read',
		'reporting.cdrs.read',
		'tasks.webhooks.read',
		'tasks.webhooks.manage',
	],
	[apiKeys.readOnly]: ['campaigns.read', 'users.read', 'reporting.cdrs.read'],
	[apiKeys.manageOnly]: ['campaigns.manage'],
	[apiKeys.noUsersRead]: ['campaigns.read', 'campaigns.manage', 'reporting.cdrs.read'],
	[apiKeys.noCdrsRead]: ['campaigns.read', 'campaigns.manage', 'users.read'],
	[apiKeys.noScopes]: [],
};

const keyIn = (authorization: string | undefined) =>
	/^Bearer (\S+)$/.exec(authorization ?? '')?.[1];

/** Whether contact status takes the key in an Authorization header. */
export function opensContactStatus(
	authorization: string | undefined,
	options: SandboxOptions,
): boolean {
	if (keyIn(authorization) === contactCenterToken) return true;
	return options.contactStatusKey === 'any' && scopesOf(authorization, options) !== undefined;
}

/** The scopes of the key in an Authorization header, or undefined when it holds no known key. */
export function scopesOf(
	authorization: string | undefined,
	{ manageImpliesRead }: SandboxOptions,
): string[] | undefined {
	const key = keyIn(authorization);
	const own = key === undefined ? undefined : scopes[key];
	if (!own || !manageImpliesRead || !own.includes('campaigns.manage')) return own;
	return [...own, 'campaigns.read'];
}
