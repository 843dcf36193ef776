import type { CountryCode } from 'libphonenumber-js';
import { describe, expect, it } from 'vitest';
import { pauser } from '../../../nodes/shared/pauser.ts';
import { guessCountry } from '../../../nodes/VoisoLeads/fields/guessCountry.ts';

const guess = async (numbers: string[]) => await guessCountry(numbers, pauser(undefined));

const lists: Partial<Record<CountryCode, string[]>> = {
	GB: ['07911 123456', '020 7946 0000', '(0161) 496 0000', '07700900123', '01632 960001'],
	US: ['(202) 555-0143', '212-234-5678', '3105550123', '415.555.0100', '(617) 555 0111'],
	DE: ['0171 1234567', '030/123456', '0151 12345678', '(089) 1234567', '06221-12345'],
	FR: ['06 12 34 56 78', '01.23.45.67.89', '0756789012', '04 91 12 34 56'],
	ES: ['612 345 678', '912345678', '711 22 33 44'],
	IT: ['333 1234567', '06 12345678', '02 1234567', '3471234567'],
	BR: ['(11) 98765-4321', '(21) 2345-6789', '11987654321', '(55) 99123-4567'],
	IN: ['98765 43210', '9876543210', '098765 43210', '7012345678', '8012345678'],
	AU: ['0412 345 678', '(02) 9374 4000', '0398765432'],
	NL: ['06-12345678', '020-1234567', '010 123 4567'],
	PL: ['512 345 678', '22 123 45 67', '601234567'],
	TR: ['0532 123 45 67', '(0212) 123 45 67', '5321234567'],
	ZA: ['082 123 4567', '011 123 4567', '0723456789'],
	SE: ['070-123 45 67', '08-123 456 78', '0731234567'],
	RU: ['8 (912) 345-67-89', '8 495 123-45-67', '(495) 123-45-67', '89261234567'],
};

describe('the country of a list', () => {
	it.each(Object.entries(lists))('%s', async (country, list) => {
		expect(await guess(list)).toMatchObject({
			country,
			matching: list.length,
			total: list.length,
		});
	});

	it('is that of most numbers, with its name and how many they are', async () => {
		const numbers = [...Array(2310)].map((_, index) => `07911 ${String(100_000 + index)}`);
		const others = [...Array(190)].map((_, index) => `12${index}`);
		expect(await guess([...numbers, ...others])).toEqual({
			country: 'GB',
			name: 'United Kingdom',
			matching: 2310,
			total: 2500,
		});
	});

	it('does not count what has a country code or is no number', async () => {
		const list = ['07911 123456', '020 7946 0000', '+12025550143', '0033612345678', 'unknown', ''];
		expect(await guess(list)).toMatchObject({ country: 'GB', matching: 2, total: 2 });
	});

	it('is not guessed from nothing, or when numbers are from everywhere', async () => {
		expect(await guess([])).toBeUndefined();
		expect(await guess(['unknown', '+12025550143'])).toBeUndefined();
		expect(await guess(['12', '345', '99999999999999'])).toBeUndefined();
	});

	it('is the main one of those that share a code', async () => {
		expect(await guess(['07797 712345', '01534 456789', '07797 798765'])).toMatchObject({
			country: 'GB',
		});
	});
});
