import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { apiKeys } from '../api/keys.mts';
import type { World } from '../world.mts';
import { overviewOf } from './overview.mts';

const files = {
	'/': ['index.html', 'text/html'],
	'/page.css': ['page.css', 'text/css'],
	'/page.mjs': ['page.mjs', 'text/javascript'],
	'/calls.mjs': ['calls.mjs', 'text/javascript'],
	'/campaigns.mjs': ['campaigns.mjs', 'text/javascript'],
	'/elements.mjs': ['elements.mjs', 'text/javascript'],
	'/problems.mjs': ['problems.mjs', 'text/javascript'],
	'/requests.mjs': ['requests.mjs', 'text/javascript'],
	'/timeline.mjs': ['timeline.mjs', 'text/javascript'],
	'/timelineLayout.mjs': ['timelineLayout.mjs', 'text/javascript'],
} as const;

/** Nothing from elsewhere, and no script but the page's own. */
const policy =
	"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:";

/** Serves the page for people at the root, and what it shows at `/_sandbox/overview`. */
export async function servePage(app: FastifyInstance, world: World): Promise<void> {
	for (const [path, [file, type]] of Object.entries(files)) {
		app.get(path, async ({ headers }, reply) => {
			const text = await readFile(new URL(file, import.meta.url), 'utf8');
			return await reply
				.type(`${type}; charset=utf-8`)
				.header('cache-control', 'no-cache')
				.header('content-security-policy', policy)
				.send(
					text
						.replaceAll('{{url}}', () => escapeHtml(`http://${headers.host ?? ''}`))
						.replaceAll('{{key}}', () => apiKeys.full),
				);
		});
	}
	app.get('/_sandbox/overview', async () => overviewOf(world));
}

function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
