import type { ConsoleMessage } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { VoisoCampaign } from '../../../nodes/VoisoCampaign/VoisoCampaign.node.ts';
import { VoisoLeads } from '../../../nodes/VoisoLeads/VoisoLeads.node.ts';
import { VoisoTrigger } from '../../../nodes/VoisoTrigger/VoisoTrigger.node.ts';
import { allFields, type Form, formsOf } from '../harness/forms.mts';
import { useWorkplace } from '../harness/use.mts';
import { packageNode } from '../harness/workflows.mts';

const place = useWorkplace();
const descriptions = [new VoisoCampaign(), new VoisoLeads(), new VoisoTrigger()].map(
	({ description }) => description,
);

/** Collects the errors of the page itself, without what the browser says of hosts that it can't reach here. */
function watchErrors(): { errors: string[]; end: () => void } {
	const { page } = place().editor;
	const errors: string[] = [];
	const onError = (error: Error) => errors.push(error.message);
	const onMessage = (message: ConsoleMessage) => {
		const isOffline = message.text().includes('net::ERR_NAME_NOT_RESOLVED');
		const { url } = message.location();
		if (message.type() === 'error' && !isOffline) errors.push(`${message.text()} ${url}`);
	};
	page.on('pageerror', onError).on('console', onMessage);
	return { errors, end: () => page.off('pageerror', onError).off('console', onMessage) };
}

describe.each(descriptions)('every form of $displayName', (description) => {
	test.each(['without credentials', 'with credentials'])('%s', async (state) => {
		const { editor, client, credential, webhookCredential } = place();
		const credentials = state === 'with credentials' ? [credential, webhookCredential] : [];
		const node = packageNode(description.name, 'Node', {}, ...credentials);
		const name = `Forms of ${description.displayName} ${state}`;
		const { id } = await client.createWorkflow({ name, nodes: [node], connections: {} });
		await editor.openWorkflow(id);
		await editor.openNode('Node');
		// What n8n itself reports when it opens a workflow is not ours.
		const { errors, end } = watchErrors();
		const known = allFields(description);
		const forms = formsOf(description);
		expect(forms.length).toBeGreaterThan(1);
		for (const form of forms) {
			for (const [parameter, choice] of form.choices) {
				const input = `parameter-input-${parameter}`;
				if (typeof choice === 'boolean') await editor.turn(input, choice);
				else if ((await editor.chosen(input)) !== choice) await editor.choose(input, choice);
			}
			const parameters = editor.part('node-parameters');
			const shown = async () => (await editor.labels()).filter((label) => known.has(label));
			await expect.poll(shown, describeForm(form)).toEqual(form.fields);
			expect(await editor.collections(), describeForm(form).message).toEqual(form.collections);
			for (const notice of form.notices) await parameters.getByText(notice).waitFor();
			const selects = editor.part('node-credentials-select').filter({ visible: true });
			await expect.poll(() => selects.count(), describeForm(form)).toBe(form.credentials.length);
		}
		end();
		expect(errors).toEqual([]);
		await editor.closeNode();
	});
});

const describeForm = ({ choices }: Form) => ({
	message: [...choices].map(([name, choice]) => `${name}: ${choice}`).join(', '),
});
