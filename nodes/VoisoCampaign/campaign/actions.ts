/** Starting, pausing or stopping: what it leads to and what Voiso asks for. */
export interface Action {
	name: 'start' | 'pause' | 'stop';
	/** The campaign is where it should be. */
	reached: readonly string[];
	/** It is on its way there: Voiso refuses the action, but nothing is left to do. */
	underWay: readonly string[];
	/** The action has worked, and the campaign has gone on from there. */
	beyond: readonly string[];
	/** Nothing leads there from here. */
	deadEnds: readonly string[];
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
		reached: ['active', 'auto_paused'],
		underWay: ['auto_pausing'],
		beyond: ['completed'],
		deadEnds: ['import_error'],
		condition:
			'A campaign can be started when it is new, paused or stopped, and it needs at least one lead and one agent: add them with Voiso Leads and with "Add" of the resource User.',
	},
	pause: {
		name: 'pause',
		reached: ['paused'],
		underWay: ['pausing'],
		beyond: [],
		deadEnds: ['stopping', 'stopped', 'completed', 'draft', 'import_error'],
		condition:
			'Only an active campaign can be paused. One that paused itself (auto_paused) resumes by itself; stop calling in it by stopping it once it is active, or by taking its agents out.',
	},
	stop: {
		name: 'stop',
		reached: ['stopped', 'completed'],
		underWay: ['stopping'],
		beyond: [],
		deadEnds: ['draft', 'import_error'],
		condition: 'Only an active campaign can be stopped. Start it first if it is paused.',
	},
};
