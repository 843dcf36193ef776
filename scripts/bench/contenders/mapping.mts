/** The four fields as they are mapped by hand: plain references, or expressions that compute. */
export const mappings = {
	plain: {
		phone_number: '={{ $json.phone }}',
		name: '={{ $json["Full Name"] }}',
		priority: '={{ $json.priority }}',
		source_system: '={{ $json["Lead Source"] }}',
	},
	computed: {
		phone_number: "={{ $json['Formatted Phone'].replace(/\\D/g, '') }}",
		name: "={{ $json.first + ' ' + $json.last }}",
		priority: '={{ $json.vip ? 1 : 500 }}',
		source_url: '=https://crm.example.com/{{ $json.owner.email.extractDomain() }}/{{ $json.id }}',
	},
};

/** The same four fields in the body that an HTTP Request node sends: one expression for a batch. */
export const bodies = {
	plain: `={{ JSON.stringify($json.leads.map((lead) => ({
		phone_number: lead.phone,
		name: lead["Full Name"],
		priority: lead.priority,
		source: { system: lead["Lead Source"] },
	}))) }}`,
	computed: `={{ JSON.stringify($json.leads.map((lead) => ({
		phone_number: lead['Formatted Phone'].replace(/\\D/g, ''),
		name: lead.first + ' ' + lead.last,
		priority: lead.vip ? 1 : 500,
		source: { url: 'https://crm.example.com/' + lead.owner.email.extractDomain() + '/' + lead.id },
	}))) }}`,
	one: `={{ JSON.stringify([{
		phone_number: $json.phone,
		name: $json["Full Name"],
		priority: $json.priority,
		source: { system: $json["Lead Source"] },
	}]) }}`,
};

/** What these bodies need of an item. */
export const fieldsFor = {
	plain: 'campaign,phone,Full Name,priority,Lead Source',
	computed: 'campaign,id,Formatted Phone,first,last,vip,owner',
};
