import { createSign, generateKeyPairSync } from 'node:crypto';

// DER, as far as a certificate needs it: RFC 5280, section 4.1, and X.690.

const der = (tag: number, ...parts: Buffer[]): Buffer => {
	const content = Buffer.concat(parts);
	const { length } = content;
	const size =
		length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const hex = (text: string) => Buffer.from(text, 'hex');
const time = (at: Date) =>
	der(
		0x17,
		Buffer.from(
			`${at
				.toISOString()
				.replace(/[-:T]|\..*/g, '')
				.slice(2)}Z`,
		),
	);

const ecdsaWithSha256 = sequence(der(0x06, hex('2a8648ce3d040302')));
const commonName = der(0x06, hex('550403'));

/** A key and a certificate for `localhost` that nobody vouches for, made anew. */
export function selfSigned(): { key: string; cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const name = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from('localhost')))));
	const day = 86_400_000;
	const body = sequence(
		der(0x02, Buffer.from([1])),
		ecdsaWithSha256,
		name,
		sequence(time(new Date(Date.now() - day)), time(new Date(Date.now() + day))),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
	);
	const signature = createSign('SHA256').update(body).sign(privateKey);
	const certificate = sequence(body, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature));
	const base64 = certificate.toString('base64').replace(/.{64}/g, '$&\n');
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
	};
}
