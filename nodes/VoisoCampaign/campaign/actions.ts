/** Starting, pausing or stopping: what it leads to and what Voiso asks for. */
export interface Action {
	name: 'start' | 'pause' | 'stop';
	/** What the campaign is afterwards, for messages. */
	done: string;
	/** The statuses from which Voiso does it. */
	from: readonly string[];
	/** The campaign is where it should be. */
	reached: readonly string[];
	/** It is on its way there: Voiso refuses the action, but nothing is left to do. */
	inProgress: readonly string[];
	/** The action has worked, and the campaign has gone on from there. */
	passed: readonly string[];
	/** From here the campaign does not get there any more. */
	unreachableFrom: readonly string[];
	/** What Voiso wants of the campaign, in words. */
	condition: string;
}

/**
 * A live campaign pauses itself while there is nobody to call or no agent, and resumes by itself. So
 * one that was started may well be `auto_paused`; and one that is `auto_paused` does not stay so, which
 * is not what somebody who pauses it wants.
 */
export const actions: Record<Action['name'], Action> = {
	start: {
		name: 'start',
		done: 'started',
		from: ['draft', 'paused', 'stopped'],
		reached: ['active', 'auto_paused'],
		inProgress: ['auto_pausing'],
		passed: ['completed'],
		unreachableFrom: ['import_error'],
		condition:
			'A draft, paused or stopped campaign can be started when it has at least one lead and one user. Add them with Voiso Leads and with the resource User.',
	},
	pause: {
		name: 'pause',
		done: 'paused',
		from: ['active'],
		reached: ['paused'],
		inProgress: ['pausing'],
		passed: [],
		unreachableFrom: ['stopping', 'stopped', 'completed', 'draft', 'import_error'],
		condition: 'Only an active campaign can be paused.',
	},
	stop: {
		name: 'stop',
		done: 'stopped',
		from: ['active'],
		reached: ['stopped', 'completed'],
		inProgress: ['stopping'],
		passed: [],
		unreachableFrom: ['draft', 'import_error'],
		condition: 'Only an active campaign can be stopped.',
	},
};

/** A campaign that has paused itself calls nobody, but resumes when it can. */
export const AUTO_PAUSED: readonly string[] = ['auto_paused', 'auto_pausing'];
