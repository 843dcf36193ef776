import type { SandboxOptions } from '../options.mts';

/** API keys of the sandbox, by what they are for. */
export const apiKeys = {
	full: 'sandbox-full-access',
	readOnly: 'sandbox-read-only',
	manageOnly: 'sandbox-manage-only',
	noUsersRead: 'sandbox-no-users-read',
	noScopes: 'sandbox-no-scopes',
} as const;

const scopes: Record<string, string[]> = {
	[apiKeys.full]: ['campaigns.read', 'campaigns.manage', 'users.read'],
	[apiKeys.readOnly]: ['campaigns.read', 'users.read'],
	[apiKeys.manageOnly]: ['campaigns.manage'],
	[apiKeys.noUsersRead]: ['campaigns.read', 'campaigns.manage'],
	[apiKeys.noScopes]: [],
};

/** The scopes of the key in an Authorization header, or undefined when it holds no known key. */
export function scopesOf(
	authorization: string | undefined,
	{ manageImpliesRead }: SandboxOptions,
): string[] | undefined {
	const key = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
	const own = key === undefined ? undefined : scopes[key];
	if (!own || !manageImpliesRead || !own.includes('campaigns.manage')) return own;
	return [...own, 'campaigns.read'];
}
