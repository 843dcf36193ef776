import { type Browser, chromium } from 'playwright-core';
import { ensureDebianPackages, systemPrograms } from '../../../scripts/setup/debian.mjs';

/** Chromium is to show pages of this machine and to ask nobody else for anything. */
const flags = [
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
	// So that text looks the same everywhere.
	'--font-render-hinting=none',
	'--force-color-profile=srgb',
];

/**
 * The path of the system's Chromium, which is installed where that can be done.
 * @throws SetupError that says what to install
 */
export async function ensureChromium(): Promise<string> {
	const [executable = ''] = await ensureDebianPackages([systemPrograms.chromium]);
	return executable;
}

/** A headless Chromium with a fresh profile. */
export async function launchChromium(executablePath: string): Promise<Browser> {
	// Chromium does not start as root with its sandbox.
	const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
	return await chromium.launch({ executablePath, args: [...flags, ...asRoot] });
}
