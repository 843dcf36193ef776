import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

/** Errors of the page itself, without what the browser says of hosts that it can't reach here. */
const errors: string[] = [];
beforeAll(() => {
	const { page } = place().editor;
	page.on('pageerror', (error) => errors.push(error.message));
	page.on('console', (message) => {
		const isOffline = message.text().includes('net::ERR_NAME_NOT_RESOLVED');
		if (message.type() === 'error' && !isOffline) errors.push(message.text());
	});
});
afterAll(() => expect(errors).toEqual([]));

describe.each(descriptions)('every form of $displayName', (description) => {
	test.each(['without credentials', 'with credentials'])('%s', async (state) => {
		const { editor, client, credential, webhookCredential } = place();
		const credentials = state === 'with credentials' ? [credential, webhookCredential] : [];
		const node = packageNode(description.name, 'Node', {}, ...credentials);
		const name = `Forms of ${description.displayName} ${state}`;
		const { id } = await client.createWorkflow({ name, nodes: [node], connections: {} });
		await editor.openWorkflow(id);
		await editor.openNode('Node');
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
			expect(await selects.count(), describeForm(form).message).toBe(form.credentials.length);
		}
		await editor.closeNode();
	});
});

const describeForm = ({ choices }: Form) => ({
	message: [...choices].map(([name, choice]) => `${name}: ${choice}`).join(', '),
});
