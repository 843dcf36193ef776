// @ts-check

/** @typedef {Record<string, string | number | boolean | undefined>} Attributes */
/** @typedef {(Node | string)[]} Children */

/**
 * @param {Element} element
 * @param {Attributes} attributes those that are undefined or false are left out
 * @param {Children} children
 */
function fill(element, attributes, children) {
	for (const [name, value] of Object.entries(attributes)) {
		if (value === undefined || value === false) continue;
		element.setAttribute(name, value === true ? '' : String(value));
	}
	element.append(...children);
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Attributes} [attributes]
 * @param {Children} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function html(name, attributes = {}, ...children) {
	const element = document.createElement(name);
	fill(element, attributes, children);
	return element;
}

/**
 * @template {keyof SVGElementTagNameMap} Name
 * @param {Name} name
 * @param {Attributes} [attributes]
 * @param {Children} children
 * @returns {SVGElementTagNameMap[Name]}
 */
export function svg(name, attributes = {}, ...children) {
	const element = document.createElementNS('http://www.w3.org/2000/svg', name);
	fill(element, attributes, children);
	return element;
}

/**
 * A table with a caption; the first cell of a row is its heading. Where it has no room its rows are cards, so
 * it says its roles itself and each cell knows its column.
 * @param {string} caption
 * @param {string[]} columns
 * @param {{ cells: (string | number | Node)[], isBad?: boolean }[]} rows
 */
export function table(caption, columns, rows) {
	const head = columns.map((text, index) => {
		const isNumber = typeof rows[0]?.cells[index] === 'number';
		const attributes = {
			scope: 'col',
			role: 'columnheader',
			class: isNumber ? 'number' : undefined,
		};
		return html('th', attributes, text);
	});
	const body = rows.map(({ cells: [first = '', ...rest], isBad = false }) =>
		html(
			'tr',
			{ class: isBad ? 'bad' : undefined, role: 'row' },
			html('th', { scope: 'row', role: 'rowheader' }, text(first)),
			...rest.map((cell, index) => {
				const kind = cell === 0 || cell === '' ? 'none' : undefined;
				const type = typeof cell === 'number' ? 'number' : undefined;
				const classes = [type, kind].filter(Boolean).join(' ') || undefined;
				const label = columns[index + 1];
				return html('td', { class: classes, role: 'cell', 'data-label': label }, text(cell));
			}),
		),
	);
	return html(
		'table',
		{ role: 'table' },
		html('caption', {}, caption),
		html('thead', { role: 'rowgroup' }, html('tr', { role: 'row' }, ...head)),
		html('tbody', { role: 'rowgroup' }, ...body),
	);
}

/** @param {string | number | Node} cell */
const text = (cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell);

/**
 * A number of things in words, such as "1 request".
 * @param {number} count
 * @param {string} thing
 */
export function counted(count, thing) {
	return `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
}

/**
 * Such as "2.004 s" or, from two minutes on, "5 min".
 * @param {number} ms
 * @param {number} [digits]
 */
export function duration(ms, digits = 3) {
	return ms < 120_000 ? `${(ms / 1000).toFixed(digits)} s` : `${Math.round(ms / 60_000)} min`;
}
