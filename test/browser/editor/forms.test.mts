import type { ConsoleMessage, Request, Response } from 'playwright-core';
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
		// As an answer it is seen below.
		const isOfNetwork = message.text().startsWith('Failed to load resource');
		if (message.type() === 'error' && !isOfNetwork) errors.push(message.text());
	};
	const onResponse = (response: Response) => {
		if (response.status() >= 400 && !lacksCredential(response.request()))
			errors.push(`${response.status()} ${response.url()}`);
	};
	page.on('pageerror', onError).on('console', onMessage).on('response', onResponse);
	const end = () =>
		page.off('pageerror', onError).off('console', onMessage).off('response', onResponse);
	return { errors, end };
}

/** Whether n8n asks once more for a list of which the credential was just taken away; it refuses that itself. */
function lacksCredential(request: Request): boolean {
	if (!request.url().endsWith('/rest/dynamic-node-parameters/options')) return false;
	const { credentials } = request.postDataJSON() as { credentials: object };
	return !Object.hasOwn(credentials, place().credential.type);
}

describe.each(descriptions)('every form of $displayName', (description) => {
	test('without credentials and with credentials', async () => {
		const { editor, client, credential, webhookCredential } = place();
		const states = [[], [credential, webhookCredential]];
		const node = packageNode(description.name, 'Node', {});
		const name = `Forms of ${description.displayName}`;
		const { id } = await client.createWorkflow({ name, nodes: [node], connections: {} });
		await editor.openWorkflow(id);
		await editor.openNode('Node');
		// What n8n itself reports when it opens a workflow is not ours.
		const { errors, end } = watchErrors();
		const known = allFields(description);
		const forms = formsOf(description);
		const opened = new Set<string>();
		expect(forms.length).toBeGreaterThan(1);
		for (const form of forms) {
			await choose(form);
			for (const credentials of states) {
				const shown = async () => {
					// Again when n8n has just chosen one by itself, as it does in a node that is opened without.
					await editor.giveCredentials('Node', credentials);
					const { labels, values, collections, credentials: given, text } = await editor.form();
					return {
						choices: [...form.choices.keys()].map((parameter) => [parameter, values[parameter]]),
						fields: labels.filter((label) => known.has(label)),
						collections,
						notices: form.notices.filter((notice) => text.includes(notice)),
						credentials: given,
					};
				};
				const message = `${describeForm(form)}, ${credentials.length} credentials`;
				const nameOf = (type: string) =>
					credentials.find((credential) => credential.type === type)?.name ?? '';
				await expect.poll(shown, { message }).toEqual({
					...form,
					choices: [...form.choices],
					credentials: form.credentials.map(nameOf),
				});
			}
			// What is chosen for the next form is so in turn without and with credentials.
			states.reverse();
			for (const [index, options] of form.collections.entries()) {
				// A list that was opened once need not be opened in each form that has it, too.
				if (opened.size === opened.add(options.join()).size) continue;
				expect(await editor.openCollection(index), describeForm(form)).toEqual(options);
			}
		}
		end();
		expect(errors).toEqual([]);
		await editor.closeNode();
	});
});

async function choose({ choices }: Form): Promise<void> {
	const { editor } = place();
	let { values } = await editor.form();
	for (const [parameter, choice] of choices) {
		if (values[parameter] === choice) continue;
		const input = `parameter-input-${parameter}`;
		if (typeof choice === 'boolean') await editor.turn(input, choice);
		else await editor.choose(input, choice);
		({ values } = await editor.form());
	}
}

const describeForm = ({ choices }: Form) =>
	[...choices].map(([name, choice]) => `${name}: ${choice}`).join(', ');
