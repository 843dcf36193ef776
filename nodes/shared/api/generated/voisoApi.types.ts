/**
 * Generated from docs/voiso-api.openapi.yaml by `npm run generate:types`: change that file, not this
 * one.
 */

export interface components {
	schemas: {
		/**
		 * @description [doc] `stopping`, `pausing`, `auto_pausing` and `processing` are transitional.
		 * @enum {string}
		 */
		CampaignStatus:
			| 'draft'
			| 'active'
			| 'paused'
			| 'stopping'
			| 'completed'
			| 'processing'
			| 'stopped'
			| 'auto_paused'
			| 'pausing'
			| 'auto_pausing'
			| 'import_error';
		/**
		 * @description [doc]
		 * @enum {string}
		 */
		CampaignStrategy: 'simple' | 'predictive_ai';
		/**
		 * @description The fields are those of the samples [sample]; any can be missing or null, and more can come
		 *     [open].
		 */
		Campaign: {
			id: number;
			name?: string | null;
			status?: components['schemas']['CampaignStatus'] | null;
			strategy?: components['schemas']['CampaignStrategy'] | null;
			/** @description Whether leads can be added while it runs. That it is in the answer is [open]. */
			live?: boolean | null;
			/** @description That it is in the answer, and its values, are [open]. */
			method?: string | null;
			/** @description Calls per free agent. */
			dial_level?: number | null;
			dial_level_override?: components['schemas']['DialLevelOverride'] | null;
			/** @description Seconds [open]. */
			max_dial_time?: number | null;
			/** @description Seconds [open]. */
			max_wait_time?: number | null;
			max_dial_attempts?: number | null;
			/** @description Whether answering machines are detected. */
			amd_enabled?: boolean | null;
			/** @description The type is [open]. */
			amd_voicemail_message?: unknown;
			caller_id_sets?: components['schemas']['CallerIdSet'][] | null;
			use_local_caller_id?: boolean | null;
			asr_optimization_enabled?: boolean | null;
			/** @description The values are [open]. */
			follow_up_mode?: string | null;
			/** @description ISO 8601 with milliseconds, UTC. */
			created_at?: string | null;
			/** @description ISO 8601 with milliseconds, UTC. */
			updated_at?: string | null;
		};
		/** @description [sample] */
		DialLevelOverride: {
			enabled?: boolean | null;
			value?: number | null;
			active_agents_threshold?: number | null;
		};
		/** @description [sample] */
		CallerIdSet: {
			phone_numbers?: string[] | null;
		};
		/** @description A lead to add [doc]. */
		Lead: {
			/**
			 * @description The type is [doc]. Digits with the country code and without a plus in every sample [sample]. A
			 *     number that is not valid is reported as rejected and does not fail the call [doc].
			 */
			phone_number: string;
			/** @description Shown to the agent [doc]. */
			name?: string;
			source?: components['schemas']['LeadSource'];
			priority?: components['schemas']['LeadPriority'];
			active?: components['schemas']['LeadActive'];
			/** @description SIP headers for virtual agents [doc]; the samples use `X-…` names [sample]. */
			context_headers?: {
				[key: string]: string;
			};
		};
		/**
		 * @description New values for a lead that is there, found by its phone number. Only these fields can change
		 *     [doc].
		 */
		LeadUpdate: {
			phone_number: string;
			name?: string;
			source?: components['schemas']['LeadSource'];
			priority?: components['schemas']['LeadPriority'];
			active?: components['schemas']['LeadActive'];
		};
		/** @description Where the lead came from [doc]. */
		LeadSource: {
			/** @description [doc] */
			system?: string;
			/** @description Opened as a screen pop in the agent's browser [doc]. */
			url?: string;
		};
		/** @description The range is [doc]. A lower number is called earlier; a lead without one comes last [legacy]. */
		LeadPriority: number;
		/** @description Whether the lead may be called [doc]; true when not given [legacy]. */
		LeadActive: boolean;
		/**
		 * @description An integer where users are added and removed, but a UUID in the sample of a campaign's users
		 *     [sample]: treat it as opaque.
		 */
		UserId: number | string;
		/** @description `id`, `name` and `email` are [doc]; that the list also has the extension is [open]. */
		User: {
			id: components['schemas']['UserId'];
			name?: string | null;
			email?: string | null;
			extension?: string | null;
		};
		/** @description At most 100 ids a call [doc]. */
		UserIds: {
			user_ids: components['schemas']['UserId'][];
		};
		/**
		 * @description What the dialer did with a number. The three fields are [doc], their types partly [open]; the
		 *     latest outcome and whether it will be dialed again come as well [doc], under names that are [open].
		 */
		ContactStatus: {
			campaign_id?: number | string | null;
			/** @description The number asked for, without a plus. */
			contact_number?: string | number | null;
			/** @description Whether it has been dialed. */
			dialed?: boolean | null;
		} & {
			[key: string]: unknown;
		};
		/** @description A call detail record [doc]. Any field can be missing or null, and more can come [open]. */
		Cdr: {
			id?: string | number | null;
			/** @description One of `CdrType`. */
			type?: string | null;
			/** @description The values are [open]; `dialer`, `inbound` and `outbound` are the best guess. */
			subtype?: string | null;
			/** @description ISO 8601. */
			started_at?: string | null;
			/** @description ISO 8601. */
			ended_at?: string | null;
			/** @description The fields by type [open]; those of `CallEventData` are the best guess. */
			data?: {
				[key: string]: unknown;
			} | null;
		};
		/**
		 * @description [doc] Calls: `answered`, `hangup` and `ended` in each of the families `dialer.call.*`,
		 *     `inbound.call.*` and `outbound.call.*`; more can come [open].
		 * @example dialer.call.ended
		 * @example call.recording.available
		 * @example agent.status.update
		 * @example message.received
		 */
		EventName: string;
		/** @description The envelope of every event [doc]. */
		WebhookEvent: {
			event: components['schemas']['EventName'];
			/** @description `call` or `agent` in the samples [sample]. */
			object: string;
			/** @description ISO 8601 in the samples [sample]. */
			timestamp: string | number;
			/** @description A plain shared secret, in the body [doc]. */
			secret: string | null;
			/** @description A UUID in the samples [sample]. */
			contact_center_id: number | string;
			/**
			 * @description Of a call and its recording a `CallEventData`, of an analysis an `AnalyticsEventData`, of an
			 *     agent an `AgentStatusEventData`; of other events any object. More keys can come [doc].
			 */
			data:
				| components['schemas']['CallEventData']
				| components['schemas']['AnalyticsEventData']
				| components['schemas']['AgentStatusEventData']
				| {
						[key: string]: unknown;
				  };
		};
		/**
		 * @description Of a dialer call [doc]; the types are [open] where an id or a time is concerned. `end_time`,
		 *     `disposition`, `end_reason`, `wrap_up_code` and the long `duration` come when the call is over
		 *     [sample].
		 */
		CallEventData: {
			id: string | number;
			/** @description `dialer`, `inbound`, `outbound`. */
			type?: string | null;
			start_time?: string | number | null;
			agent_start_time?: string | number | null;
			end_time?: string | number | null;
			/** @description Seconds [open]. */
			duration?: {
				total?: number | null;
				dialing_time?: number | null;
				dialer_waiting?: number | null;
				talk_time?: number | null;
				hold_time?: number | null;
				postcall_time?: number | null;
			} | null;
			/**
			 * @description In the sample `Answered` [sample]; in the older API `answered`, `failed`, `busy`, `no_answer`,
			 *     `rejected`, `abandoned`, `missed`, `dialer_abandoned`, `system_abandoned`, `answered_by_VM`,
			 *     `system_reject`, `machine_answered` [legacy].
			 */
			disposition?: string | null;
			end_reason?: string | null;
			wrap_up_code?: {
				code?: string | null;
			} | null;
			calling_number?: string | null;
			called_number?: string | null;
			cdr_url?: string | null;
			/** @description With `call.recording.available`: a link that expires after 24 hours [doc]. Its key is [open]. */
			recording?: string | Record<string, never> | null;
			agent?: components['schemas']['User'] | null;
			campaign?: {
				id?: number | string;
				name?: string | null;
				is_live?: boolean | null;
			} | null;
		};
		/** @description [doc] What `score` can be is [open]. */
		AnalyticsEventData: {
			id: string | number;
			summary?: string | null;
			score?: number | string | null;
			call: {
				id: string | number;
				cdr_url?: string | null;
			};
		};
		/** @description [doc] The names of the statuses are those of the contact center. */
		AgentStatusEventData: {
			id: components['schemas']['UserId'];
			name?: string | null;
			email?: string | null;
			extension?: string | null;
			status: {
				current?: string | null;
				previous?: string | null;
				/** @description Seconds. */
				previous_duration?: number | null;
			};
			/** @description ISO 8601. */
			activity_timestamp?: string | null;
		};
	};
	responses: never;
	parameters: never;
	requestBodies: never;
	headers: never;
	pathItems: never;
}
export type CampaignStatus = components['schemas']['CampaignStatus'];
export type Campaign = components['schemas']['Campaign'];
export type Lead = components['schemas']['Lead'];
export type LeadUpdate = components['schemas']['LeadUpdate'];
export type UserId = components['schemas']['UserId'];
export type UserIds = components['schemas']['UserIds'];
export type ContactStatus = components['schemas']['ContactStatus'];
export type Cdr = components['schemas']['Cdr'];
export type WebhookEvent = components['schemas']['WebhookEvent'];
export type CallEventData = components['schemas']['CallEventData'];
export type AnalyticsEventData = components['schemas']['AnalyticsEventData'];
export type AgentStatusEventData = components['schemas']['AgentStatusEventData'];
