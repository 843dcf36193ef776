import type { AnySchema } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';

const ajv = new Ajv2020({ discriminator: true, allowUnionTypes: true });
ajv.addFormat('regex', (source: string) => {
	try {
		new RegExp(source);
		return true;
	} catch {
		return false;
	}
});

/** Input of the sandbox itself (not of the API it plays) that cannot be right. */
export class WrongInput extends Error {}

/**
 * Makes a function that throws WrongInput, with what is wrong and where, unless a value fits.
 *
 * @param what names the value in the message
 */
export function checker(what: string, schema: AnySchema): (value: unknown) => void {
	const validate = ajv.compile(schema);
	return (value) => {
		if (validate(value)) return;
		const { instancePath = '', message = '', params = {} } = validate.errors?.[0] ?? {};
		throw new WrongInput(`${what}${instancePath} ${message} ${JSON.stringify(params)}`);
	};
}
