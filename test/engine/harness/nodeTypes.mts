import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypes,
} from 'n8n-workflow';

/** The node that every run starts with; it hands over the input items of the run. */
export const INPUT_NODE = 'Input';

const INPUT_TYPE = 'harness.input';
const SET_TYPE = 'harness.set';

/** What a test gives of a node; the harness fills in the rest of n8n's `INode`. */
export type TestNode = Pick<INode, 'name' | 'type'> & Partial<INode>;

/**
 * A node like n8n's own *Edit Fields*: one output item per input item, paired, whose fields are the
 * given parameters, evaluated for that item. Put it behind the node under test to see what users
 * see there, such as `setNode('After', { lead: "={{ $('Input').item.json.name }}" })`.
 */
export function setNode(name: string, fields: INodeParameters): TestNode {
	return { name, type: SET_TYPE, parameters: { fields } };
}

export function inputNode(): TestNode {
	return { name: INPUT_NODE, type: INPUT_TYPE };
}

function inputType(items: INodeExecutionData[]): INodeType {
	return {
		description: {
			displayName: 'Input',
			name: INPUT_TYPE,
			group: ['trigger'],
			version: 1,
			description: 'Hands over the items of the run',
			defaults: { name: INPUT_NODE },
			inputs: [],
			outputs: ['main'],
			properties: [],
		},
		async execute() {
			return [items];
		},
	};
}

const setType: INodeType = {
	description: {
		displayName: 'Set',
		name: SET_TYPE,
		group: ['transform'],
		version: 1,
		description: 'Sets fields of each item',
		defaults: { name: 'Set' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [{ displayName: 'Fields', name: 'fields', type: 'json', default: {} }],
	},
	async execute() {
		return [
			this.getInputData().map((_, item) => ({
				json: this.getNodeParameter('fields', item) as IDataObject,
				pairedItem: { item },
			})),
		];
	},
};

/** The node types of one run: those under test, the input and the Set-like node. */
export class TestNodeTypes implements INodeTypes {
	readonly #types: Map<string, INodeType>;

	constructor(types: Record<string, INodeType>, input: INodeExecutionData[] = []) {
		this.#types = new Map(
			Object.entries({ ...types, [INPUT_TYPE]: inputType(input), [SET_TYPE]: setType }),
		);
	}

	getByName(name: string): INodeType {
		const type = this.#types.get(name);
		if (!type) throw new Error(`The test gave no node type "${name}"`);
		return type;
	}

	getByNameAndVersion(name: string): INodeType {
		return this.getByName(name);
	}

	getKnownTypes() {
		return {};
	}
}
