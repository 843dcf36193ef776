// Makes examples/leads.csv: node scripts/make-leads.mts
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const leadsFile = fileURLToPath(new URL('../examples/leads.csv', import.meta.url));

/**
 * What is odd about a row: `repeated` has the number of an earlier row, `malformed` one that nobody
 * can call, `formatted` a good one as people write it, `odd` an impossible value in another column.
 */
export type Kind = 'plain' | 'repeated' | 'malformed' | 'formatted' | 'odd';

export interface Row {
	kind: Kind;
	cells: Record<string, string>;
}

interface Person {
	/** Country code. */
	code: string;
	/** The number without its country code. */
	rest: string;
	cells: Record<string, string>;
}

const SEED = 20250303;
const ROWS = 2500;
const REPEATED = 12;
const FORMATTED = 60;

/**
 * Numbers that the regulators keep free for films and books (Ofcom, the North American Numbering Plan,
 * ACMA, the Bundesnetzagentur, ARCEP, ComReg), so that nobody is called: one of `areas`, then
 * `digits` more digits.
 */
const ranges = [
	{ country: 'United Kingdom', code: '44', areas: ['7700900', '2079460', '1632960'], digits: 3 },
	{
		country: 'United States',
		code: '1',
		areas: ['21255501', '30555501', '31255501', '41555501', '51255501', '61755501', '70255501'],
		digits: 2,
	},
	{ country: 'Australia', code: '61', areas: ['25550', '35550', '75550'], digits: 4 },
	{
		country: 'Germany',
		code: '49',
		areas: ['3023125', '6990009', '4066969', '8999998'],
		digits: 3,
	},
	{ country: 'France', code: '33', areas: ['63998', '19900'], digits: 4 },
	{ country: 'Ireland', code: '353', areas: ['2091'], digits: 5 },
];

const cities: Record<string, string[]> = {
	'United Kingdom': ['London', 'Leeds', 'Bristol'],
	'United States': ['Austin', 'Boston', 'Winston-Salem, NC'],
	Australia: ['Sydney', 'Melbourne', 'Brisbane'],
	Germany: ['Berlin', 'München', 'Köln'],
	France: ['Paris', 'Lyon', 'Saint-Étienne'],
	Ireland: ['Dublin', 'Cork', 'Galway'],
};
const firstNames =
	'Ada Amélie Ben Clara Conor Dmitri Elif Emma Fatima Finn Greta Hugo Ines Jürgen Kwame Lena Liam Maeve Mei Noah Olga Priya Quentin Rosa Sam Tara Uma Viktor Wendy Zoë'.split(
		' ',
	);
const lastNames =
	'Adler Bauer Byrne Carter Dubois Evans Fischer Garnier Harris Ito Jansen Kelly Laurent Murphy Nguyen O’Brien Patel Quinn Roux Schmidt Taylor Usman Vogel Walsh Young Zhang'.split(
		' ',
	);
const companies = ['Acme', 'Globex', 'Initech', 'Umbrella', 'Hooli', 'Stark', 'Wayne', 'Wonka'];
const companyForms = ['Ltd', 'GmbH', 'Inc.', 'SARL', 'Pty Ltd', '& Sons, Ltd'];
const activeValues = ['', 'true', 'TRUE', 'yes', 'Yes', '1', 'true', 'true', 'false', 'no'];
const sourceSystems = ['HubSpot', 'Salesforce', 'Webinar "Spring"'];

/** What files hold in place of a number; what a spreadsheet has made of one can still be read. */
const strangeNumbers = [
	'n/a',
	'ask reception',
	'+44 7700 90O1Z3',
	'44',
	'12345',
	'+1 212 555 0142 ext. 7',
	'4.47701E+11',
	'447700900123.0',
	'+4477009001234567890',
	'+44 7700 900124 / +44 7700 900125',
];

const oddValues: Record<string, string>[] = [
	{ Priority: 'high' },
	{ Priority: '5000' },
	{ Priority: '2.5' },
	{ Active: 'maybe' },
	{ 'Source URL': 'javascript:alert(1)' },
	{ 'Source URL': 'crm/contacts/12' },
];

/** Ways in which people write a number. */
const formats: ((code: string, rest: string) => string)[] = [
	(code, rest) => `+${code} ${inGroups(rest, ' ')}`,
	(code, rest) => `00${code}${rest}`,
	(code, rest) => `+${code}-${inGroups(rest, '-')}`,
	(code, rest) => `+${code} (${rest.slice(0, 3)}) ${inGroups(rest.slice(3), '-')}`,
	(code, rest) => ` ${code}.${inGroups(rest, '.')} `,
	(code, rest) => `'+${code}${rest}`,
];

function inGroups(digits: string, separator: string): string {
	return digits.replace(/\d{3}(?=\d{3})/g, `$&${separator}`);
}

/** The rows of examples/leads.csv: the same in every run. */
export function makeLeads(): Row[] {
	const random = mulberry32(SEED);
	const people = makePeople(random);
	const rows: Row[] = people.map(({ cells }) => ({ kind: 'plain', cells }));
	const untouched = people.map((person, index) => ({ person, index }));
	const take = () => {
		const [taken] = untouched.splice(Math.floor(random() * untouched.length), 1);
		if (taken === undefined) throw new Error('There are more special rows than rows');
		return taken;
	};
	const change = (kind: Kind, { person, index }: ReturnType<typeof take>, cells: Row['cells']) => {
		rows[index] = { kind, cells: { ...person.cells, ...cells } };
	};

	for (const number of strangeNumbers) {
		const kind = number.endsWith('.0') ? 'formatted' : 'malformed';
		change(kind, take(), { 'Phone Number': number });
	}
	for (const cells of oddValues) change('odd', take(), cells);
	for (let count = 0; count < REPEATED; count++) {
		const [one, other] = [take(), take()];
		const [first, second] = one.index < other.index ? [one, other] : [other, one];
		const { code, rest } = first.person;
		// Half of them are written in another way, which makes them no other number.
		change('repeated', second, {
			'Phone Number': count % 2 === 0 ? code + rest : `+${code} ${rest}`,
		});
	}
	for (let count = 0; count < FORMATTED; count++) {
		const taken = take();
		const format = formats[count % formats.length] ?? String;
		change('formatted', taken, { 'Phone Number': format(taken.person.code, taken.person.rest) });
	}
	return rows;
}

function makePeople(random: () => number): Person[] {
	const pick = <T,>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
	const people = new Map<string, Person>();
	while (people.size < ROWS) {
		const { country, code, areas, digits } = pick(ranges);
		const last = String(Math.floor(random() * 10 ** digits)).padStart(digits, '0');
		const rest = pick(areas) + last;
		if (people.has(code + rest)) continue;
		const cells = {
			Name: random() < 0.01 ? '' : `${pick(firstNames)} ${pick(lastNames)}`,
			Company: `${pick(companies)} ${pick(companyForms)}`,
			'Phone Number': code + rest,
			City: pick(cities[country] ?? ['']),
			Country: country,
			Priority: random() < 0.2 ? '' : String(1 + Math.floor(random() * 1000)),
			Active: pick(activeValues),
			'Source System': random() < 0.05 ? '' : pick(sourceSystems),
			'Source URL':
				random() < 0.05 ? '' : `https://crm.example.com/contacts/${100_000 + people.size}`,
		};
		people.set(code + rest, { code, rest, cells });
	}
	return [...people.values()];
}

export function toCsv(rows: Row[]): string {
	const header = Object.keys(rows[0]?.cells ?? {});
	const lines = rows.map(({ cells }) => header.map((name) => quoted(cells[name] ?? '')).join(','));
	return [header.map(quoted).join(','), ...lines, ''].join('\n');
}

function quoted(text: string): string {
	return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Mulberry32, a small random number generator that gives the same numbers for the same seed. */
function mulberry32(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

if (process.argv[1] === fileURLToPath(import.meta.url))
	writeFileSync(leadsFile, toCsv(makeLeads()));
