import { dirname, delimiter } from 'node:path';

/** Where an n8n process keeps its things and listens. */
export interface Place {
	/** n8n's user folder, which is its home and working folder too: it shares nothing with others. */
	folder: string;
	port: number;
	/** Port of its task broker, in n8n 2. */
	brokerPort: number;
	encryptionKey: string;
}

/** Everything that n8n would ask the internet for, or ask the user about. */
const quiet = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	// The list of verified packages; ours is an unverified one.
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	// No test has a Code node, whose program takes seconds to start.
	N8N_RUNNERS_MODE: 'external',
	N8N_RUNNERS_AUTH_TOKEN: 'none',
	// The settings page asks npm for newer versions of the packages.
	npm_config_offline: 'true',
};

/** For an n8n that is only asked over its interfaces. */
export const noEditor = { N8N_DISABLE_UI: 'true' };

/**
 * For an n8n with many short executions: an isolate for its expressions is made when the first of them needs one,
 * and what runs in all isolates is compiled once.
 */
export const quickIsolates = {
	N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
	N8N_EXPRESSION_ENGINE_COMPILE_CACHE: 'true',
};

/** For an n8n whose user may want to try a Code node. */
export const codeNodes = { N8N_RUNNERS_MODE: 'internal' };

/**
 * The environment of an n8n process. It is made from nothing, so that an n8n that the developer has
 * set up for themselves does not show through.
 */
export function n8nEnvironment(
	place: Place,
	extra: Record<string, string>,
): Record<string, string> {
	const url = `http://127.0.0.1:${place.port}`;
	return {
		PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
		HOME: place.folder,
		NO_COLOR: '1',
		N8N_USER_FOLDER: place.folder,
		N8N_ENCRYPTION_KEY: place.encryptionKey,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(place.port),
		N8N_EDITOR_BASE_URL: url,
		WEBHOOK_URL: `${url}/`,
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_PORT: String(place.brokerPort),
		// Off by default from n8n 3 on.
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		// The default of n8n 2. Without it n8n 1 mixes up the transactions of requests at the same time.
		DB_SQLITE_POOL_SIZE: '3',
		// On a busy machine n8n would take its database for gone when an answer comes late.
		DB_PING_TIMEOUT_MS: '60000',
		...quiet,
		...extra,
	};
}
