import type { UserStatus } from '../../nodes/VoisoCampaign/user/staff.ts';
import type { LeadStatus } from '../../nodes/VoisoLeads/types.ts';

// What the guide says of each outcome. The types see to it that none is left out.

interface Words {
	meaning: string;
	/** What the person who runs the campaign does about it. */
	advice: string;
}

export const leadOutcomes: Record<LeadStatus, Words> = {
	created: { meaning: 'The lead was added to the campaign.', advice: 'Nothing.' },
	updated: {
		meaning: 'The lead existed, and Voiso updated it.',
		advice: 'Nothing.',
	},
	duplicate: {
		meaning: 'The number was already in the campaign. Nothing was changed.',
		advice: 'Nothing. To change such leads, use *Add or Update Leads*.',
	},
	found: {
		meaning:
			'*Get Lead Status*: Voiso knows the number. The item has the fields that Voiso returns, such as `dialed`.',
		advice: 'Nothing.',
	},
	ready: {
		meaning: '*Dry Run*: the lead would be sent, as shown in `lead`.',
		advice: 'Nothing.',
	},
	not_found: {
		meaning: "The lead was to be updated, but the number isn't in the campaign.",
		advice: 'Check that it is the right campaign. To add such leads, use *Add or Update Leads*.',
	},
	rejected: {
		meaning: 'Voiso rejected the lead; `reason` says why if Voiso does.',
		advice: 'Check the number. If it is right, ask Voiso support.',
	},
	invalid: {
		meaning:
			'A value is invalid, so the lead was not sent. `reason` names the field and what is wrong.',
		advice: 'Fix the value and run it again.',
	},
	repeated: {
		meaning:
			'The same number came earlier in this input for the same campaign. That item has the result.',
		advice: 'Nothing.',
	},
	unconfirmed: {
		meaning:
			"The lead is in the campaign. Voiso's response was lost, so this run may or may not have added it.",
		advice: 'Nothing: it is called either way.',
	},
	unreported: {
		meaning: "Voiso accepted the request, but its response doesn't include the number.",
		advice: 'Look up the lead in Voiso, or run it again.',
	},
};

export const userOutcomes: Record<UserStatus, string> = {
	added: 'The user is in the campaign now.',
	already_assigned: 'The user was already in the campaign.',
	not_added: "The user couldn't be added. `reason` says why; often the ID is wrong.",
	unreported:
		"Voiso's response doesn't include the user, and the list of users can't be read or doesn't show it.",
	removed: 'The user is no longer in the campaign.',
	not_assigned: "The user wasn't in the campaign: nothing to remove.",
	not_removed: 'The user is still in the campaign. `reason` says why.',
	kept: '*Sync*: the user was in the campaign and stays.',
	would_add: '*Sync* with *Dry Run*: the user would be added.',
	would_remove: '*Sync* with *Dry Run*: the user would be removed.',
};

/** By the value of the status; one that Voiso adds later makes the guide's test fail. */
export const campaignStatuses: Readonly<Record<string, string>> = {
	draft: 'Not started yet.',
	active: 'Calling.',
	paused: 'Paused by a person. It calls nobody until it is started again.',
	auto_paused:
		"Started, but paused itself: no leads left, outside the leads' calling hours, or no agent signed in. It resumes automatically.",
	stopped: 'Stopped by a person.',
	completed: 'All leads have been called.',
	processing: 'Voiso is preparing it. Temporary.',
	pausing: 'About to be *paused*. Temporary.',
	auto_pausing: 'About to be *auto_paused*. Temporary.',
	stopping: 'About to be *stopped*. Temporary.',
	import_error: "Voiso couldn't import the list of contacts. Check it in Voiso.",
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
