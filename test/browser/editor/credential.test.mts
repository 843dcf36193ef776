import { expect, test } from 'vitest';
import { useWorkplace } from '../harness/use.mts';

const place = useWorkplace();

test('a credential says what is wrong with it, and then that it works', async () => {
	const { editor, sandbox } = place();
	const { page } = editor;
	await page.goto('/home/credentials');
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

	await clusterId.fill(sandbox.url);
	const wrong: [string, string][] = [
		['a-wrong-key', "the API key isn't valid. Check the credential."],
		[sandbox.apiKeys.noScopes, 'It needs the scope campaigns.read'],
	];
	for (const [key, message] of wrong) {
		await apiKey.fill(key);
		await save.click();
		await dialog.getByText('Couldn’t connect with these settings').waitFor();
		// Once opened, the details stay open.
		if (key === wrong[0]?.[0]) await dialog.getByText('More details').click();
		await dialog.getByText(message).waitFor();
	}

	await apiKey.fill(sandbox.apiKeys.full);
	await save.click();
	await dialog.getByText('Connection tested successfully').waitFor();
	expect(await dialog.getByText('Couldn’t connect').count()).toBe(0);
});
