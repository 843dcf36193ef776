import { expect, test } from 'vitest';
import { useWorkplace } from '../harness/use.mts';

const place = useWorkplace();

test('a credential says what is wrong with it, and then that it works', async () => {
	const { editor, sandbox } = place();
	const { page } = editor;
	// Loaded, because a page that is still taking another's place can miss the click.
	editor.startAfresh();
	await editor.goto('/home/credentials');
	await editor.part('add-resource-credential').click();
	await editor.part('new-credential-type-select').locator('input').fill('voiso');
	await page.getByRole('option', { name: 'Voiso API' }).click();
	await editor.part('new-credential-type-button').click();

	const dialog = editor.part('editCredential-modal');
	const clusterId = dialog.getByTestId('parameter-input-clusterId').locator('input');
	const apiKey = dialog.getByTestId('parameter-input-apiKey').locator('input');
	const save = dialog.getByTestId('credential-save-button');
	expect(await clusterId.getAttribute('placeholder')).toBe('e.g. cc-ams03');
	expect(await apiKey.getAttribute('type')).toBe('password');
	await dialog.getByText('Needs the scopes campaigns.read and campaigns.manage').waitFor();

	const wrong: [string, string, string][] = [
		['http://127.0.0.1:1', sandbox.apiKey, "Can't connect to 127.0.0.1:1"],
		[sandbox.url, 'a-wrong-key', "the API key isn't valid. Check the credential."],
		[sandbox.url, sandbox.apiKeys.noScopes, 'It needs the scope campaigns.read'],
	];
	for (const [address, key, message] of wrong) {
		await clusterId.fill(address);
		await apiKey.fill(key);
		await save.click();
		await dialog.getByText('Couldn’t connect with these settings').waitFor();
		// Once opened, the details stay open.
		if (address !== sandbox.url) await dialog.getByText('More details').click();
		await dialog.getByText(message).waitFor();
	}

	await apiKey.fill(sandbox.apiKeys.full);
	await save.click();
	await dialog.getByText('Connection tested successfully').waitFor();
	expect(await dialog.getByText('Couldn’t connect').count()).toBe(0);
	await dialog.getByRole('button', { name: 'Close this dialog' }).click();
	await dialog.waitFor({ state: 'hidden' });
});
