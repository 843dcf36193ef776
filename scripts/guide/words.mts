import type { UserStatus } from '../../nodes/VoisoCampaign/user/staff.ts';
import type { LeadStatus } from '../../nodes/VoisoLeads/types.ts';

// What the guide says of each outcome. The types see to it that none is left out.

interface Words {
	meaning: string;
	/** What the person who runs the campaign does about it. */
	advice: string;
}

export const leadOutcomes: Record<LeadStatus, Words> = {
	created: { meaning: 'The lead is new in the campaign.', advice: 'Nothing.' },
	updated: {
		meaning: 'The lead was there, and Voiso has changed it.',
		advice: 'Nothing.',
	},
	duplicate: {
		meaning: 'The number was in the campaign before. Nothing about it was changed.',
		advice: 'Nothing; to change such leads, use *Add or Update*.',
	},
	found: {
		meaning:
			'*Get Lead Status*: Voiso knows the number. Its own fields, such as `dialed`, stand beside it.',
		advice: 'Nothing.',
	},
	ready: {
		meaning: '*Dry Run*: the lead would be sent, as shown in `lead`.',
		advice: 'Nothing.',
	},
	not_found: {
		meaning: 'There was something to change, but the campaign does not have the number.',
		advice: 'Check that it is the right campaign; to add such leads, use *Add or Update*.',
	},
	rejected: {
		meaning: 'Voiso refused this lead. Voiso does not always say why.',
		advice: 'Check the number. If it is right, ask Voiso support.',
	},
	invalid: {
		meaning:
			'A value breaks a rule of the fields below, so the lead was not sent. `reason` names the field and what is wrong.',
		advice: 'Correct the value and run it again.',
	},
	repeated: {
		meaning:
			'The same number came earlier in this input, for the same campaign. That item has the result.',
		advice: 'Nothing.',
	},
	unconfirmed: {
		meaning:
			'The lead is in the campaign. An answer of Voiso was lost on the way, so nobody can say whether this run added it or an earlier one.',
		advice: 'Nothing: it is called either way.',
	},
	unreported: {
		meaning: 'Voiso took the request, but its answer does not name the number.',
		advice: 'Look the lead up in Voiso, or run it again.',
	},
};

export const userOutcomes: Record<UserStatus, string> = {
	added: 'The user is in the campaign now.',
	already_assigned: 'The user was in the campaign before.',
	not_added: 'The user could not be added. `reason` says why; often the ID is wrong.',
	unreported:
		"Voiso's response leaves the user out, and the list of users can't be read or doesn't tell.",
	removed: 'The user is no longer in the campaign.',
	not_assigned: 'The user was not in the campaign: nothing to remove.',
	not_removed: 'The user is still in the campaign. `reason` says why.',
	kept: '*Sync*: the user was in the campaign and stays.',
	would_add: '*Sync* with *Dry Run*: the user would be added.',
	would_remove: '*Sync* with *Dry Run*: the user would be removed.',
};

/** By the value of the status; one that Voiso adds later makes the guide's test fail. */
export const campaignStatuses: Readonly<Record<string, string>> = {
	draft: 'Not started yet.',
	active: 'Calling.',
	paused: 'Paused by somebody. It calls nobody until it is started.',
	auto_paused:
		"Started, but paused itself: no leads left, outside the leads' calling hours, or no agent signed in. It resumes automatically.",
	stopped: 'Stopped by somebody.',
	completed: 'All leads are done.',
	processing: 'Voiso is preparing it. Temporary.',
	pausing: 'About to be *paused*. Temporary.',
	auto_pausing: 'About to be *auto_paused*. Temporary.',
	stopping: 'About to be *stopped*. Temporary.',
	import_error: 'Voiso could not import the list of contacts. Check it in Voiso.',
};

/** The words of column names that the guide shows, by what they say. */
export const wordMeanings = {
	phone: 'a phone',
	mobile: 'a mobile phone',
	whatsapp: 'WhatsApp',
	main: 'the main one',
	work: 'at work',
	home: 'at home',
	other: 'a second one',
	company: 'of the company',
	number: 'a number',
	name: 'a name',
	full: 'a whole name',
	givenName: 'a first name',
	first: 'a first name, with a word for name',
	familyName: 'a last name',
	last: 'a last name, with a word for name',
	contact: 'a contact',
	subject: 'a person',
	priority: 'the priority',
	active: 'active',
	source: 'the source',
	url: 'an address',
	country: 'a country',
	code: 'a code',
} as const;
