import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

/** What takes longest, because it waits for n8n's polls or starts n8n several times. */
const LONG = ['trigger', 'queue', 'installation', 'security', 'engine2'];

/** Begins with what takes longest, so that none of it is left alone at the end. */
class LongestFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const place = ({ moduleId }: TestSpecification) => {
			const index = LONG.indexOf(basename(moduleId, '.test.mts'));
			return index === -1 ? LONG.length : index;
		};
		const sorted = await super.sort(files);
		return sorted.toSorted((one, other) => place(one) - place(other));
	}
}

// Two at a time: most of their time they wait, but more n8n than processors would run into n8n's own time limits.
export default defineConfig({
	test: {
		root: new URL('../..', import.meta.url).pathname,
		name: 'n8n',
		include: ['test/n8n/**/*.test.mts'],
		// n8n 1 has one engine only.
		exclude: process.env.N8N_VERSION?.startsWith('1.') ? ['test/n8n/engine2.test.mts'] : [],
		globalSetup: ['test/n8n/globalSetup.mts'],
		setupFiles: ['test/n8n/harness/freshConnections.mts'],
		maxWorkers: 2,
		// The files that one process runs share an n8n.
		isolate: false,
		sequence: { sequencer: LongestFirst },
		testTimeout: 180_000,
		hookTimeout: 180_000,
	},
});
