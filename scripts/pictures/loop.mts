/** One step of the loop: a node with its operations, on the way to Voiso or back. */
interface Step {
	node: string;
	operations: string;
	/** What goes along the arrow. */
	what: string;
}

const there: Step[] = [
	{
		node: 'Voiso Leads',
		operations: 'Add · Update · Stop Calling',
		what: 'Who to call',
	},
	{
		node: 'Voiso Campaign',
		operations: 'Start · Pause · Stop · Sync Users',
		what: 'When, and by whom',
	},
];
const back: Step[] = [
	{
		node: 'Voiso Trigger',
		operations: 'Call Ended · Recording · Auto Paused',
		what: 'As it happens',
	},
	{ node: 'Voiso Campaign', operations: 'Call → Get Many', what: 'All calls, each once' },
	{ node: 'Voiso Leads', operations: 'Get Lead Status', what: 'Who was dialed' },
];

const [WIDTH, HEIGHT] = [1000, 480];
const BOX = { width: 166, height: 400, y: 60 };
const NODE = { x: 345, width: 310, height: 60 };
const FIRST = 74;
const STEP = 78;
const [LEFT, RIGHT] = [24 + BOX.width, WIDTH - 24 - BOX.width];
const BLUE = '#2f3a9e';
const RED = '#c8265c';
const TEXT = '#26283a';
const GRAY = '#5d6075';

/** The picture of the README: how leads get into a campaign, and what comes back, as an SVG. */
export function loopPicture(): string {
	const steps = [
		...there.map((step, index) => lane(step, FIRST + index * STEP, BLUE, 'there')),
		...back.map((step, index) => lane(step, FIRST + (index + there.length) * STEP, RED, 'back')),
	];
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="DejaVu Sans, Verdana, sans-serif">
<defs>${arrowHead(BLUE, 'there')}${arrowHead(RED, 'back')}</defs>
<rect x="1" y="1" width="${WIDTH - 2}" height="${HEIGHT - 2}" rx="14" fill="#ffffff" stroke="#d5d7e2" stroke-width="2"/>
${text(WIDTH / 2, 42, 'n8n', { size: 20, bold: true, color: TEXT })}
${box(24, 'Your systems', ['CRM', 'Spreadsheets', 'Forms', 'Drive', 'Chat', 'AI agents'])}
${box(RIGHT, 'Voiso', ['Campaigns', 'Leads', 'Users', 'Dialer', 'Calls', 'Recordings'])}
${steps.join('\n')}
</svg>`;
}

function lane({ node, operations, what }: Step, y: number, color: string, way: string): string {
	const middle = y + NODE.height / 2;
	const [from, to] = way === 'there' ? [LEFT, RIGHT] : [RIGHT, LEFT];
	const [nearest, farthest] =
		way === 'there' ? [NODE.x, NODE.x + NODE.width] : [NODE.x + NODE.width, NODE.x];
	const line = (x1: number, x2: number) => {
		const end = x2 + (way === 'there' ? -13 : 13);
		return `<line x1="${x1}" y1="${middle}" x2="${end}" y2="${middle}" stroke="${color}" stroke-width="3" marker-end="url(#${way})"/>`;
	};
	return [
		line(from, nearest),
		line(farthest, to),
		`<rect x="${NODE.x}" y="${y}" width="${NODE.width}" height="${NODE.height}" rx="9" fill="#ffffff" stroke="${color}" stroke-width="2.5"/>`,
		text(NODE.x + NODE.width / 2, y + 24, node, { size: 16, bold: true, color: TEXT }),
		text(NODE.x + NODE.width / 2, y + 45, operations, { size: 14, color: GRAY }),
		text((LEFT + NODE.x) / 2, middle - 13, what, { size: 13.5, color: GRAY }),
	].join('');
}

function box(x: number, title: string, lines: string[]): string {
	const middle = x + BOX.width / 2;
	return [
		`<rect x="${x}" y="${BOX.y}" width="${BOX.width}" height="${BOX.height}" rx="12" fill="#f3f4fa" stroke="#d5d7e2" stroke-width="2"/>`,
		text(middle, BOX.y + 60, title, { size: 18, bold: true, color: TEXT }),
		...lines.map((line, index) =>
			text(middle, BOX.y + 128 + index * 42, line, { size: 15, color: GRAY }),
		),
	].join('');
}

const arrowHead = (color: string, id: string) =>
	`<marker id="${id}" markerUnits="userSpaceOnUse" markerWidth="16" markerHeight="16" refX="2" refY="8" orient="auto"><path d="M0 1 14 8 0 15z" fill="${color}"/></marker>`;

function text(
	x: number,
	y: number,
	content: string,
	{ size, color, bold = false }: { size: number; color: string; bold?: boolean },
): string {
	const weight = bold ? ' font-weight="bold"' : '';
	return `<text x="${x}" y="${y}" font-size="${size}"${weight} fill="${color}" text-anchor="middle">${content}</text>`;
}
