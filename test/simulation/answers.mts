import { listsOf } from '../sandbox/rules/leadCalls.mts';
import { phoneOf, type Call } from './ledger.mts';
import type { World } from './schedule.mts';
import type { Wording } from './wordings.mts';

/** Voiso's answer to a call that it has worked on: lists of numbers, in this world's form. */
export function compileAnswer(call: Call, { echo, envelope, okStatus }: World): Wording {
	const told = [...call.effects].filter(([number]) => !call.leavesOut.has(number));
	const lists = listsOf(
		call.method,
		told.map(([number, effect]) => [effect, echoed(phoneOf(number), echo)] as const),
	);
	return { status: okStatus, body: envelope === 'bare' ? lists : { [envelope]: lists } };
}

function echoed(phone: string, echo: World['echo']): unknown {
	const forms: Record<World['echo'], unknown> = {
		asSent: phone,
		plus: `+${phone}`,
		spaced: `+${phone.slice(0, 2)} (${phone.slice(2, 6)}) ${phone.slice(6)}`,
		jsonNumber: Number(phone),
		object: { phone_number: phone },
	};
	return forms[echo];
}

/** The 422 for a call with bad leads in it. */
export function refusalAnswer(call: Call, bad: readonly number[], world: World): Wording {
	const blamed = world.refusesAll ? bad : bad.slice(0, 1);
	const errors: Record<string, string[]> = {};
	for (const number of blamed) {
		const place = call.numbers.indexOf(number);
		if (world.refusal === 'index') errors[`${place}.name`] = ['is too long'];
		else if (world.refusal === 'nested') errors[`leads[${place}].name`] = ['is too long'];
		else if (world.refusal === 'pointer') errors[`/${place}/name`] = ['is too long'];
		else if (world.refusal === 'indexFromOne') errors[`${place + 1}.name`] = ['is too long'];
		else if (world.refusal === 'field') errors.name = ['is too long'];
		else errors.name = [...(errors.name ?? []), `of ${phoneOf(number)} is too long`];
	}
	return { status: 422, body: { errors } };
}
