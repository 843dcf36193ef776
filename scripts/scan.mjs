// @ts-check
// Runs n8n's scanner for community packages over the source and over what would be published,
// as n8n does before it verifies a package: npm run build, then npm run scan
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { unpack } from '../test/package/unpack.mts';
import { root } from './setup/root.mjs';

const unpacked = await unpack();
try {
	/** @type {[string, string, string[] | undefined][]} */
	const scans = [
		['source', root, SOURCE_FILE_PATTERNS],
		['tarball', unpacked.folder, undefined],
	];
	for (const [title, folder, patterns] of scans) {
		const { passed, message, details = '' } = await analyzePackage(folder, patterns);
		console.log(`${passed ? '✓' : '✗'} ${title}${passed ? '' : `: ${message}\n${details}`}`);
		if (!passed) process.exitCode = 1;
	}
} finally {
	await unpacked.remove();
}
