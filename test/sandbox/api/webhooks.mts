import { uuidOf } from '../defaultData.mts';
import type { EventDelivery } from '../webhooks.mts';
import { fieldErrors, notFound, ok } from '../rules/answers.mts';
import type { Operation } from './call.mts';
import { page } from './page.mts';

const shown = ({ id, url, sent, status, reason, created_at, last_attempt_at }: EventDelivery) => ({
	id: idOf(id),
	event: sent.event,
	status,
	reason,
	webhook: { id: uuidOf(url), name: url },
	last_attempt_at,
	created_at,
	updated_at: last_attempt_at,
});

const idOf = (id: number) => id.toString(16).padStart(24, '0');

export const listWebhookFailures: Operation = ({ request: { query } }, { world }, { lie }) => {
	const time = (name: string) =>
		query[name] === undefined ? NaN : Date.parse(String(query[name]));
	const failures = world.webhooks.deliveries.filter(({ status, created_at }) => {
		const at = Date.parse(created_at);
		// A limit that isn't given is NaN, which nothing is below or above.
		return (
			status === 'inactive' && !(at < time('created_at[gte]')) && !(at >= time('created_at[lt]'))
		);
	});
	return ok(page('webhook_failures', failures.toReversed().map(shown), query, lie));
};

export const retriggerWebhookFailure: Operation = ({ request: { params } }, { world }) => {
	const id = String(params.webhook_failure_id);
	const delivery = world.webhooks.deliveries.find((each) => idOf(each.id) === id);
	if (!delivery) return notFound();
	if (delivery.status !== 'inactive') return fieldErrors(409, { status: ['must be inactive'] });
	world.webhooks.retrigger(delivery);
	return ok({ webhook_failure: shown(delivery) });
};
