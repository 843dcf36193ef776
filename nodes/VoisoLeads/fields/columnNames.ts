import type { LeadFieldName } from './leadFields';

/** What a column can stand for: a field of a lead, or a part of one. */
export type Part =
	| LeadFieldName
	/** A name such as `Number`, which holds a phone number only where nothing better does. */
	| 'weak_phone_number'
	/** The calling code or ISO code of a country, beside a national number. */
	| 'country_code'
	| 'first_name'
	| 'last_name';

export interface Meaning {
	part: Part;
	/** Of several columns for one part, the one with the lowest rank comes first. */
	rank: number;
	/** A weak name that speaks of a phone all the same, such as `Store Phone`. */
	isPhone?: boolean;
	/** A bare `Name`, which is the first or the last name where the other one stands beside it. */
	isBare?: boolean;
}

/** What a column's name says. */
export interface ColumnName {
	/** Undefined when the column belongs to no field of a lead. */
	meaning?: Meaning;
	/**
	 * Set when an object under this name is looked into, as in `billing: { phone }`; of several objects the
	 * one with the lowest rank first.
	 */
	containerRank?: number;
}

type Word = keyof typeof WORDS;

/** A word by what it says; `index` for a number that counts columns, as in `Phone 2`. */
type NameWord = Word | 'index';

/**
 * The words that column names are made of, by what they say, in the languages of the exports that are
 * out there: English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Nordic, some others.
 * Written with their accents; case and accents don't count.
 */
export const WORDS = {
	phone: `phone phones telephone telephones tel tels ph tele telno landline festnetz telefon rufnummer
		fon tlf téléphone télephone tél teléfono teléfonos telefono tfno tlfno fono telefone telefones fone
		telefoni telefoon telefonu telefony puhelin puhelinnumero telefonszám τηλέφωνο телефон msisdn
		电话 电话号码 電話 電話番号 전화 전화번호 هاتف الهاتف טלפון फ़ोन फोन`,
	mobile: `mobile mobiles mobil mob cell cells cellular cellphone handy smartphone portable mobiel gsm
		móvil movil celular cel cellulare telemóvel telemovel komórka komórkowy komórkowego mobilni
		matkapuhelin мобильный мобильного 手机 手机号 手机号码 携帯 携帯電話 휴대폰 휴대전화 جوال الجوال موبايل נייד मोबाइल`,
	whatsapp: 'whatsapp wa',
	main: `main primary principal principale default preferred best haupt standard standaard preferido
		preferita hoofd główny glowny`,
	work: `work business office direct day daytime geschäft geschäfts geschäftlich dienst dienstlich büro
		arbeit bureau travail pro professionnel trabajo oficina laboral trabalho comercial escritório lavoro
		ufficio werk zakelijk praca służbowy arbete jobb`,
	home: `home house private personal evening privat privé perso domicile maison fixe casa particular
		fijo residencial fixo fisso privato personale thuis vast vaste dom domowy prywatny stacjonarny hem`,
	other: `other secondary second alternate alternative alt additional backup weitere andere zweite autre
		secondaire otro otra secundario outro outra altro altra secondario tweede ander inny`,
	company: `company companies firm corporate corp organization organisation org account employer hq
		headquarters headquarter firma unternehmen entreprise société societe empresa azienda bedrijf`,
	line: 'line dial dialing dialling calling isd idd',
	number: `number numbers num no nr n nbr nummer nummern nr número numéro numero numer numeru numery
		номер 号码 番号 번호 رقم מספר #`,
	contact: 'contact contacts kontakt kontakte contacto contato contatto',
	person: 'person persons people persona personne pessoa persoon osoba',
	subject: `customer client lead prospect patient buyer subscriber member guest student applicant
		candidate recipient attendee registrant borrower debtor consumer payer billing bill kunde kunden
		klient klienta interessent rechnung cliente clientes clienti klant klanten acheteur facturation
		facturación facturacion fatturazione faturamento homeowner homeowners`,
	shipping: `shipping delivery lieferung liefer versand livraison envío envio entrega spedizione
		verzending`,
	user: 'user',
	name: `name naam navn namn nimi nom nome nombre nume név imiona jméno ime nama ansprechpartner
		contactpersoon interlocuteur 姓名 名前 氏名 이름 성명 اسم الاسم שם όνομα नाम фио`,
	full: `full complete completo completa complet complète vollständiger vollständig vollstaendiger
		volledige pełne pelne display`,
	first: 'first given christian primeiro primer pila',
	last: 'last family famille familia família famiglia',
	givenName: `forename fname vorname vornamen vor prénom prénoms prenom voornaam fornavn förnamn fornamn
		etunimi imię imie prenume имя nombres keresztnév`,
	familyName: `surname surnames lname nachname zuname familienname apellido apellidos cognome sobrenome
		apelido achternaam efternavn efternamn etternavn sukunimi nazwisko příjmení фамилия vezetéknév`,
	source: `source sources quelle herkunft origen fuente procedencia origem fonte origine provenienza
		bron herkomst źródło zrodlo kilde källa original источник`,
	system: 'system',
	record: 'record crm',
	url: 'url urls uri link',
	priority: `priority prio priorität prioritaet prioridad priorité priorità prioridade prioriteit
		priorytet prioritet приоритет 优先级`,
	is: 'is has',
	active: 'active aktiv actif activo ativo attivo actief aktywny',
	country: 'country land landes länder laender pays país paese kraj',
	code: `code kode código codice kod prefix prefijo prefixo prefisso indicatif`,
	context: 'context',
	header: 'header headers',
	address: 'address adresse dirección direccion indirizzo endereço adres',
	/** Of exports and APIs; says nothing. */
	filler: `value values val valor wert valeur raw formatted calculated sanitized clean normalized
		canonical international intl hs field fields data formdata properties attributes merge custom body
		payload answer answers json details detail info information query object submission response`,
	/** Of questions and of names with several words; says nothing. */
	small: `your you ihre ihr deine dein votre vos tu su seu sua tuo tua uw je twój my the an a of for to at
		on by we us can reach call callback please enter provide what which how are s de di do da del della du
		des der die das und and y et e en i o d l`,
	/** Never somebody to call or to name. */
	never: `fax telefax pager telex tty tdd isdn assistant assistants asst emergency owner agent manager supervisor`,
} as const;

/** Letters that Unicode doesn't take apart into a letter and an accent. */
const LETTERS: Readonly<Record<string, string>> = {
	ł: 'l',
	ø: 'o',
	ß: 'ss',
	đ: 'd',
	æ: 'ae',
	œ: 'oe',
	ı: 'i',
};

function plainLetters(text: string): string {
	return text
		.toLowerCase()
		.normalize('NFKD')
		.replace(/\p{M}+/gu, '')
		.replace(/[łøßđæœı]/g, (letter) => LETTERS[letter] ?? letter);
}

const VOCABULARY = new Map<string, Word>();
for (const [word, spellings] of Object.entries(WORDS) as Array<[Word, string]>) {
	for (const spelling of spellings.split(/\s+/)) VOCABULARY.set(plainLetters(spelling), word);
}

/** Longer names are prose; to look at them would only take time. */
const LONGEST_NAME = 120;
const LONGEST_WORD = 30;
const HIGHEST_INDEX = 20;

const NO_FIELD: ColumnName = {};
const OWN_NAME: ColumnName = { meaning: { part: 'phone_number', rank: 0 } };

/**
 * Tells what a column stands for by the words of its name, such as `Phone Number`, `mobilePhone`,
 * `Person - Phone - Work`, `Téléphone portable`, `Telefonnr.` or `What's your phone number? *`.
 */
export function readColumnName(name: string): ColumnName {
	if (name === 'phone_number') return OWN_NAME;
	if (name.length > LONGEST_NAME) return NO_FIELD;
	const words = wordsOf(name);
	if (words.length === 0) return NO_FIELD;
	const isContainer = words.every((word) => word !== undefined && IN_CONTAINERS.has(word));
	const container = isContainer ? { containerRank: has(words, 'shipping') ? 1 : 0 } : {};
	const meaning = meaningOf(words);
	if (meaning === undefined) return container;
	// `Phone 1` comes before `Phone 2`, wherever they stand.
	const index = words.includes('index') ? Number(/\d+/.exec(name)?.[0]) / 100 : 0;
	return { meaning: { ...meaning, rank: meaning.rank + index }, ...container };
}

/** From here on a name explains itself: `Phone with country code`, `Tel. mit Vorwahl`, `Phone, e.g. +44 …`. */
const EXPLANATION =
	/(?<=\S[\s,;:]+)(?:with|incl|including|mit|inkl|avec|con|e\.?\s?g|for example|z\.?\s?b)\b.*$/i;

const SEGMENT_END = /\.|\s-\s|:/;

/**
 * The words of a name, undefined for one that is not known. Segments that say nothing are left out, as in
 * `properties.phone` or `Phone 1 - Value`; a remark in parentheses counts only when all of it is known.
 */
function wordsOf(name: string): Array<NameWord | undefined> {
	const parts = name
		.replace(EXPLANATION, '')
		.replace(/whats\s?app/gi, 'whatsapp')
		.replace(/\be\.?164/gi, ' ')
		.replaceAll('#', ' # ')
		.split(/[()]/);
	const segments = parts
		.filter((_, place) => place % 2 === 0)
		.join(' ')
		.split(SEGMENT_END)
		.map(wordsIn);
	const telling = segments.filter((segment) => segment.some((word) => word !== 'filler'));
	const words = (telling.length > 0 ? telling : segments).flatMap((segment, place) =>
		place < telling.length - 1 ? segment.filter((word) => word !== 'filler') : segment,
	);
	for (const remark of parts.filter((_, place) => place % 2 === 1)) {
		const more = wordsIn(remark);
		if (words.length === 0 || !more.includes(undefined)) words.push(...more);
	}
	return words;
}

function wordsIn(text: string): Array<NameWord | undefined> {
	const apart = text.replace(
		/\p{Ll}{2}(?=\p{Lu})|\p{Lu}(?=\p{Lu}\p{Ll})|\p{L}(?=\d)|\d(?=\p{L})/gu,
		'$& ',
	);
	const tokens = plainLetters(apart).split(/[^\p{L}\p{N}#]+/u);
	return tokens.flatMap((token): Array<NameWord | undefined> => {
		if (token === '') return [];
		if (/^\d+$/.test(token)) return [Number(token) <= HIGHEST_INDEX ? 'index' : undefined];
		return takeApart(token) ?? [undefined];
	});
}

/** The words that are written together, as in `mobilephonenumber` or `telefonnummer`. */
function takeApart(text: string): Word[] | undefined {
	if (text.length > LONGEST_WORD) return undefined;
	const whole = VOCABULARY.get(text);
	if (whole !== undefined) return [whole];
	for (let end = text.length - 2; end >= 2; end--) {
		const start = text.slice(0, end);
		const word = end > 2 || start === 'is' || start === 'hs' ? VOCABULARY.get(start) : undefined;
		const rest = word === undefined ? undefined : takeApart(text.slice(end));
		if (word !== undefined && rest !== undefined) return [word, ...rest];
	}
	return undefined;
}

type Words = ReadonlyArray<NameWord | undefined>;

const has = (words: Words, ...some: NameWord[]) => some.some((word) => words.includes(word));
const hasOnly = (words: Words, allowed: ReadonlySet<NameWord | undefined>) =>
	words.every((word) => allowed.has(word));
const setOf = (...words: NameWord[]): ReadonlySet<NameWord | undefined> => new Set(words);

const SILENT: NameWord[] = ['filler', 'small', 'index'];
const WHO: NameWord[] = ['contact', 'person', 'subject', 'shipping', 'main', 'address'];
const WHICH: NameWord[] = ['work', 'home', 'other', 'line', 'number'];
const IN_PHONES = setOf(
	...SILENT,
	...WHO,
	...WHICH,
	'phone',
	'mobile',
	'whatsapp',
	'company',
	'user',
	'full',
);
const IN_WEAK_PHONES = setOf(...SILENT, ...WHICH, 'main');
const IN_WEAK_CONTACTS = setOf(...SILENT, 'contact', 'main');
const IN_COUNTRY_CODES = setOf(
	...SILENT,
	...WHO,
	'country',
	'code',
	'phone',
	'mobile',
	'line',
	'number',
);
const IN_NAMES = setOf(
	'small',
	'index',
	...WHO,
	'name',
	'full',
	'first',
	'last',
	'givenName',
	'familyName',
);
const IN_SOURCES = setOf('filler', 'source', 'system', 'name', 'contact', 'person', 'subject');
const IN_URLS = setOf('filler', 'source', 'record', 'url', 'contact', 'person', 'subject');
const IN_OTHERS = setOf(
	'filler',
	'contact',
	'person',
	'subject',
	'priority',
	'is',
	'active',
	'context',
	'header',
);
const IN_CONTAINERS = setOf(...SILENT, ...WHO, 'name', 'full', 'source', 'record');

function meaningOf(words: Words): Meaning | undefined {
	return countryCodeIn(words) ?? phoneIn(words) ?? nameIn(words) ?? otherFieldIn(words);
}

function countryCodeIn(words: Words): Meaning | undefined {
	const ofPhone = has(words, 'phone', 'mobile', 'line');
	const isOne = has(words, 'code')
		? ofPhone || has(words, 'country')
		: ofPhone && has(words, 'country');
	if (!isOne || !hasOnly(words, IN_COUNTRY_CODES)) return undefined;
	return { part: 'country_code', rank: ofPhone ? 0 : 1 };
}

function phoneIn(words: Words): Meaning | undefined {
	const rank = phoneRank(words);
	if (hasOnly(words, IN_PHONES)) {
		if (isPhone(words)) return { part: 'phone_number', rank };
		const isWeak = has(words, 'number') && hasOnly(words, IN_WEAK_PHONES);
		if (isWeak) return { part: 'weak_phone_number', rank };
		const isContact = has(words, 'contact') && hasOnly(words, IN_WEAK_CONTACTS);
		return isContact ? { part: 'weak_phone_number', rank: rank + LAST } : undefined;
	}
	// `Store Phone` is one, `Phone Type` is none.
	const last = words.slice(words.lastIndexOf(undefined) + 1);
	const isWeak = words.includes(undefined) && hasOnly(last, IN_PHONES) && isPhone(last);
	if (!isWeak || has(words, 'never')) return undefined;
	return { part: 'weak_phone_number', rank: rank + LAST, isPhone: true };
}

function isPhone(words: Words): boolean {
	if (has(words, 'phone', 'mobile', 'whatsapp')) return true;
	if (has(words, 'number')) return has(words, 'contact');
	return has(words, 'line') && has(words, 'work', 'main');
}

const LAST = 1000;

/**
 * Which number to call first: the one that is said to be the main one, then mobile, unspecified,
 * WhatsApp, work, home; then other people's addresses and second numbers; the company's last.
 */
function phoneRank(words: Words): number {
	let rank = 30;
	if (has(words, 'main')) rank = 10;
	else if (has(words, 'mobile')) rank = 20;
	else if (has(words, 'whatsapp')) rank = 40;
	else if (has(words, 'work', 'line')) rank = 50;
	else if (has(words, 'home')) rank = 60;
	if (has(words, 'other', 'shipping')) rank += 100;
	return has(words, 'company') ? rank + 200 : rank;
}

/** A whole name comes before a bare `Name`, that before `Customer Name`. */
function nameIn(words: Words): Meaning | undefined {
	if (!hasOnly(words, IN_NAMES)) return undefined;
	if (has(words, 'address') && !has(words, 'subject', 'shipping', 'main')) return undefined;
	const rank = has(words, 'shipping') ? 100 : 0;
	const isName = has(words, 'name');
	const isPart = words.length === 1 || isName;
	const isFirst = has(words, 'givenName') || (has(words, 'first') && isPart);
	const isLast = has(words, 'familyName') || (has(words, 'last') && isPart);
	const isBoth = (isFirst && isLast) || (isName && has(words, 'givenName', 'familyName'));
	if (isBoth) return { part: 'name', rank };
	if (isFirst) return { part: 'first_name', rank };
	if (isLast) return { part: 'last_name', rank };
	if (!isName) {
		const isPerson = has(words, 'contact') && has(words, 'person');
		return isPerson && !has(words, 'first', 'last', 'full')
			? { part: 'name', rank: rank + 2 }
			: undefined;
	}
	if (has(words, 'full')) return { part: 'name', rank };
	if (has(words, ...WHO)) return { part: 'name', rank: rank + 2 };
	return { part: 'name', rank: rank + 1, isBare: true };
}

function otherFieldIn(words: Words): Meaning | undefined {
	const isAbout = has(words, 'contact', 'person', 'subject');
	const rank = isAbout ? 1 : 0;
	if (has(words, 'url') && hasOnly(words, IN_URLS)) {
		return isAbout || has(words, 'source', 'record') ? { part: 'source_url', rank } : undefined;
	}
	if (has(words, 'source') && hasOnly(words, IN_SOURCES)) {
		return { part: 'source_system', rank: has(words, 'system') ? 0 : isAbout ? 1 : 2 };
	}
	if (!hasOnly(words, IN_OTHERS)) return undefined;
	if (has(words, 'priority')) return { part: 'priority', rank };
	if (has(words, 'active')) return { part: 'active', rank };
	return has(words, 'context') && has(words, 'header')
		? { part: 'context_headers', rank }
		: undefined;
}
