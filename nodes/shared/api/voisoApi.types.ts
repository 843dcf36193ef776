/**
 * Generated from docs/voiso-api.openapi.yaml by `npm run generate:types`: change that file, not this
 * one.
 */

export interface paths {
	'/campaigns': {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List campaigns
		 * @description Scope `campaigns.read` [doc]. All filters are optional [doc].
		 */
		get: operations['listCampaigns'];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	'/campaigns/{id}': {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/**
				 * @description [doc]
				 * @example 3
				 */
				id: components['parameters']['CampaignId'];
			};
			cookie?: never;
		};
		/**
		 * Get a campaign
		 * @description Scope `campaigns.read` [doc].
		 */
		get: operations['getCampaign'];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	'/campaigns/{id}/start': {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/**
				 * @description [doc]
				 * @example 3
				 */
				id: components['parameters']['CampaignId'];
			};
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Start a campaign
		 * @description No body [doc]. Scope `campaigns.manage` (stated for pause [doc]). Needs at least one agent and one
		 *     lead [legacy]. A live campaign pauses itself (no contacts, none in local calling hours, no agent
		 *     signed in) and resumes by itself; it runs until it is stopped [doc].
		 */
		post: operations['startCampaign'];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	'/campaigns/{id}/pause': {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/**
				 * @description [doc]
				 * @example 3
				 */
				id: components['parameters']['CampaignId'];
			};
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Pause a campaign
		 * @description No body, scope `campaigns.manage` [doc]. Needs an active campaign [legacy].
		 */
		post: operations['pauseCampaign'];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	'/campaigns/{id}/stop': {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/**
				 * @description [doc]
				 * @example 3
				 */
				id: components['parameters']['CampaignId'];
			};
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * Stop a campaign
		 * @description No body [doc]. Scope `campaigns.manage` (stated for pause [doc]). Needs an active campaign
		 *     [legacy].
		 */
		post: operations['stopCampaign'];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	'/campaigns/{id}/leads': {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/**
				 * @description [doc]
				 * @example 3
				 */
				id: components['parameters']['CampaignId'];
			};
			cookie?: never;
		};
		get?: never;
		/**
		 * Update leads of a campaign
		 * @description That leads can be updated, found by their phone number, and that only name, source (system, url),
		 *     active and priority can change, is [doc]. The method and the answer of v4 are [open]; PUT with at
		 *     most 1,000 leads is [legacy]. Only the fields given change [open]. Leads cannot be read back or
		 *     deleted by any documented call: to stop calling one, set `active` to false.
		 */
		put: operations['updateLeads'];
		/**
		 * Add leads to a live campaign
		 * @description Scope `campaigns.manage`, body a bare JSON array [doc].
		 *
		 *     - At most 1,000 leads a call; over that 4xx [doc].
		 *     - One call at a time per campaign, and at least 2 seconds after the first is complete before the
		 *       next [doc]. While the previous import is still processed a new request is rejected [doc]; with
		 *       409, 422 or 429 is [open]. Processing can outlast the response [open].
		 *     - Numbers are checked to be valid and unique; bad and repeated ones do not fail the call [doc].
		 *     - The campaign must be a live dialer campaign [doc]; otherwise 400 [legacy].
		 *     - Adding a number that is already there changes nothing and reports it as a duplicate [doc].
		 */
		post: operations['addLeads'];
		delete?: never;
		options?: never;
		head?: never;
		/**
		 * Update leads of a campaign, if that is done with PATCH
		 * @description The other reading of `updateLeads` [open].
		 */
		patch: operations['patchLeads'];
		trace?: never;
	};
	'/campaigns/{id}/users': {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/**
				 * @description [doc]
				 * @example 3
				 */
				id: components['parameters']['CampaignId'];
			};
			cookie?: never;
		};
		/**
		 * List the users of a campaign
		 * @description The call is [doc]; that its scope is `campaigns.read` is [open].
		 */
		get: operations['listCampaignUsers'];
		put?: never;
		/**
		 * Add users to a campaign
		 * @description At most 100 ids a call [doc]. Ids that are already assigned or unknown may be left out of the
		 *     answer silently [open]. v4 has no team parameter; teams are [legacy].
		 */
		post: operations['addCampaignUsers'];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	'/campaigns/{id}/users/{user_id}': {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/**
				 * @description [doc]
				 * @example 3
				 */
				id: components['parameters']['CampaignId'];
				/**
				 * @description The id as the list of users gives it [doc].
				 * @example 1
				 */
				user_id: string;
			};
			cookie?: never;
		};
		get?: never;
		put?: never;
		post?: never;
		/**
		 * Remove a user from a campaign
		 * @description Answers with a body, not with 204 [doc].
		 */
		delete: operations['removeCampaignUser'];
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
	'/users': {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		/**
		 * List the users of the contact centre
		 * @description Scope `users.read` [doc]: the ids that can be added to a campaign. It filters by name, email and
		 *     more [doc]; that these match in part is [open].
		 */
		get: operations['listUsers'];
		put?: never;
		post?: never;
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
}
export interface webhooks {
	event: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		get?: never;
		put?: never;
		/**
		 * An event that Voiso posts
		 * @description Set up by hand in Voiso: Administration > Webhooks, Pro plan, HTTPS only; no documented call
		 *     creates one [doc]. There is no event for a campaign's status or for an import of leads [doc].
		 *     Answer with 200 quickly: 5 failures in 24 hours switch a webhook off, and a failed event can be
		 *     sent again [doc].
		 */
		post: operations['receiveEvent'];
		delete?: never;
		options?: never;
		head?: never;
		patch?: never;
		trace?: never;
	};
}
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
		/** @description [doc] */
		CampaignEnvelope: {
			campaign: components['schemas']['Campaign'];
		};
		/** @description Bare [sample] or wrapped [open]. */
		CampaignActionResult:
			| components['schemas']['Campaign']
			| components['schemas']['CampaignEnvelope'];
		/** @description [doc] */
		CampaignList: {
			campaigns: components['schemas']['Campaign'][];
			metadata: components['schemas']['PageMetadata'];
		};
		/** @description [doc] */
		PageMetadata: {
			/** @description Rows in the whole list, not in this page. */
			total: number;
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
		/** @description At most 1,000 leads a call [doc]. What an empty list does is [open]. */
		LeadList: components['schemas']['Lead'][];
		/** @description At most 1,000 leads a call [legacy]. */
		LeadUpdateList: components['schemas']['LeadUpdate'][];
		/**
		 * @description Phone numbers from the request [doc], without ids or reasons. Whether they come back exactly as
		 *     sent, normalised to `+…` or as JSON numbers is [open].
		 */
		EchoedNumbers: (string | number)[];
		/** @description [doc] A number that is in none of the lists is unreported, not created. */
		LeadsImportResult: {
			leads_import: {
				created: components['schemas']['EchoedNumbers'];
				rejected: components['schemas']['EchoedNumbers'];
				duplicates: components['schemas']['EchoedNumbers'];
			};
		};
		/**
		 * @description [open] The older API answered lists of updated, duplicate and invalid numbers [legacy], so read
		 *     any envelope of lists of numbers.
		 */
		LeadsUpdateResult: {
			leads_update: {
				updated: components['schemas']['EchoedNumbers'];
				rejected: components['schemas']['EchoedNumbers'];
				not_found: components['schemas']['EchoedNumbers'];
			};
		};
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
		/** @description [doc] */
		UserList: {
			users: components['schemas']['User'][];
			metadata: components['schemas']['PageMetadata'];
		};
		/** @description At most 100 ids a call [doc]. */
		UserIds: {
			user_ids: components['schemas']['UserId'][];
		};
		/** @description [doc] */
		AddedUsers: {
			added_users: components['schemas']['User'][];
		};
		/** @description [doc] */
		RemovedUser: {
			user: components['schemas']['User'];
		};
		/** @description [doc] */
		ErrorMessage: {
			error: string;
		};
		/** @description [doc] */
		FieldErrors: {
			errors: {
				[key: string]: string[];
			};
		};
		/**
		 * @description [doc] The families `dialer.call.*`, `inbound.call.*` and `outbound.call.*`, and two of messages.
		 *     The names after `inbound.call.` and `outbound.call.` are [open].
		 * @example dialer.call.answered
		 * @example dialer.call.hangup
		 * @example dialer.call.ended
		 * @example message.received
		 */
		EventName: string;
		/** @description The envelope of every event [doc]. */
		WebhookEvent: {
			event: components['schemas']['EventName'];
			/** @description The values are [open]. */
			object: string;
			/** @description The format is [open]. */
			timestamp: string | number;
			/** @description A plain shared secret, in the body [doc]. */
			secret: string | null;
			/** @description The type is [open]. */
			contact_center_id: number | string;
			/** @description Of a call, a `CallEventData`; of other events any object. More keys can come [doc]. */
			data:
				| components['schemas']['CallEventData']
				| {
						[key: string]: unknown;
				  };
		};
		/** @description Of a dialer call [doc]; the types are [open] where an id or a time is concerned. */
		CallEventData: {
			id: string | number;
			type?: string | null;
			start_time?: string | number | null;
			agent_start_time?: string | number | null;
			/** @description Seconds [open]. */
			duration?: {
				total?: number | null;
				dialing_time?: number | null;
				dialer_waiting?: number | null;
			} | null;
			calling_number?: string | null;
			called_number?: string | null;
			cdr_url?: string | null;
			agent?: components['schemas']['User'] | null;
			campaign?: {
				id?: number;
				name?: string | null;
				is_live?: boolean | null;
			} | null;
		};
	};
	responses: {
		/**
		 * @description The updated campaign [doc]. Bare and short in the sample of pause [sample]; the shape for start
		 *     and stop is [open]. Its status can be a transitional one [open].
		 */
		ChangedCampaign: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				'application/json': components['schemas']['CampaignActionResult'];
			};
		};
		/** @description One page of users [doc]. */
		UserPage: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "users": [
				 *         {
				 *           "id": 1,
				 *           "name": "Ada Lovelace",
				 *           "email": "ada@example.com",
				 *           "extension": "1001"
				 *         }
				 *       ],
				 *       "metadata": {
				 *         "total": 1
				 *       }
				 *     }
				 */
				'application/json': components['schemas']['UserList'];
			};
		};
		/** @description Malformed or missing input [doc]. */
		BadRequest: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "error": "Bad Request"
				 *     }
				 */
				'application/json': components['schemas']['ErrorMessage'];
			};
		};
		/** @description No valid key [doc]. */
		Unauthorized: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "error": "Unauthorized"
				 *     }
				 */
				'application/json': components['schemas']['ErrorMessage'];
			};
		};
		/** @description The key lacks the scope or the resource [doc]. */
		Forbidden: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "error": "Forbidden"
				 *     }
				 */
				'application/json': components['schemas']['ErrorMessage'];
			};
		};
		/** @description No such resource, or no such path [doc]. */
		NotFound: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "error": "Not found"
				 *     }
				 */
				'application/json': components['schemas']['ErrorMessage'];
			};
		};
		/** @description A format of the response that is not supported [doc]. */
		NotAcceptable: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "errors": {
				 *         "format": [
				 *           "is not supported"
				 *         ]
				 *       }
				 *     }
				 */
				'application/json': components['schemas']['FieldErrors'];
			};
		};
		/** @description The state of the campaign does not allow it, such as pausing a paused campaign [doc]. */
		WrongState: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "errors": {
				 *         "status": [
				 *           "must be active"
				 *         ]
				 *       }
				 *     }
				 */
				'application/json': components['schemas']['FieldErrors'];
			};
		};
		/**
		 * @description The previous import of this campaign is still being processed, or has ended less than 2 seconds
		 *     ago. That such a request is rejected is [doc]; that the status is 409 is [open].
		 */
		Busy: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "errors": {
				 *         "base": [
				 *           "The previous leads import is still being processed"
				 *         ]
				 *       }
				 *     }
				 */
				'application/json': components['schemas']['FieldErrors'];
			};
		};
		/** @description Validation failed [doc]. How an element of an array is named is [open]. */
		Unprocessable: {
			headers: {
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "errors": {
				 *         "12.name": [
				 *           "must be string"
				 *         ]
				 *       }
				 *     }
				 */
				'application/json': components['schemas']['FieldErrors'];
			};
		};
		/** @description Rate limited [doc]. Whether `Retry-After` comes is [open]. */
		TooManyRequests: {
			headers: {
				/**
				 * @description Seconds to wait, or the HTTP date to wait for [open].
				 * @example 2
				 */
				'Retry-After'?: string;
				[name: string]: unknown;
			};
			content: {
				/**
				 * @example {
				 *       "error": "Too many requests"
				 *     }
				 */
				'application/json': components['schemas']['ErrorMessage'];
			};
		};
	};
	parameters: {
		/**
		 * @description Size of a page [doc].
		 * @example 100
		 */
		Limit: number;
		/**
		 * @description How many rows to leave out [doc].
		 * @example 0
		 */
		Offset: number;
		/**
		 * @description [doc]
		 * @example 3
		 */
		CampaignId: number;
	};
	requestBodies: never;
	headers: never;
	pathItems: never;
}
export type CampaignStatus = components['schemas']['CampaignStatus'];
export type CampaignStrategy = components['schemas']['CampaignStrategy'];
export type Campaign = components['schemas']['Campaign'];
export type DialLevelOverride = components['schemas']['DialLevelOverride'];
export type CallerIdSet = components['schemas']['CallerIdSet'];
export type CampaignEnvelope = components['schemas']['CampaignEnvelope'];
export type CampaignActionResult = components['schemas']['CampaignActionResult'];
export type CampaignList = components['schemas']['CampaignList'];
export type PageMetadata = components['schemas']['PageMetadata'];
export type Lead = components['schemas']['Lead'];
export type LeadUpdate = components['schemas']['LeadUpdate'];
export type LeadSource = components['schemas']['LeadSource'];
export type LeadPriority = components['schemas']['LeadPriority'];
export type LeadActive = components['schemas']['LeadActive'];
export type LeadList = components['schemas']['LeadList'];
export type LeadUpdateList = components['schemas']['LeadUpdateList'];
export type EchoedNumbers = components['schemas']['EchoedNumbers'];
export type LeadsImportResult = components['schemas']['LeadsImportResult'];
export type LeadsUpdateResult = components['schemas']['LeadsUpdateResult'];
export type UserId = components['schemas']['UserId'];
export type User = components['schemas']['User'];
export type UserList = components['schemas']['UserList'];
export type UserIds = components['schemas']['UserIds'];
export type AddedUsers = components['schemas']['AddedUsers'];
export type RemovedUser = components['schemas']['RemovedUser'];
export type ErrorMessage = components['schemas']['ErrorMessage'];
export type FieldErrors = components['schemas']['FieldErrors'];
export type EventName = components['schemas']['EventName'];
export type WebhookEvent = components['schemas']['WebhookEvent'];
export type CallEventData = components['schemas']['CallEventData'];
export type ResponseChangedCampaign = components['responses']['ChangedCampaign'];
export type ResponseUserPage = components['responses']['UserPage'];
export type ResponseBadRequest = components['responses']['BadRequest'];
export type ResponseUnauthorized = components['responses']['Unauthorized'];
export type ResponseForbidden = components['responses']['Forbidden'];
export type ResponseNotFound = components['responses']['NotFound'];
export type ResponseNotAcceptable = components['responses']['NotAcceptable'];
export type ResponseWrongState = components['responses']['WrongState'];
export type ResponseBusy = components['responses']['Busy'];
export type ResponseUnprocessable = components['responses']['Unprocessable'];
export type ResponseTooManyRequests = components['responses']['TooManyRequests'];
export type ParameterLimit = components['parameters']['Limit'];
export type ParameterOffset = components['parameters']['Offset'];
export type ParameterCampaignId = components['parameters']['CampaignId'];
export type $defs = Record<string, never>;
export interface operations {
	listCampaigns: {
		parameters: {
			query?: {
				/**
				 * @description Size of a page [doc].
				 * @example 100
				 */
				limit?: components['parameters']['Limit'];
				/**
				 * @description How many rows to leave out [doc].
				 * @example 0
				 */
				offset?: components['parameters']['Offset'];
				/**
				 * @description Part of the name [doc].
				 * @example spring
				 */
				name?: string;
				/**
				 * @description [doc]
				 * @example active
				 */
				status?: components['schemas']['CampaignStatus'];
				/**
				 * @description [doc]
				 * @example simple
				 */
				strategy?: components['schemas']['CampaignStrategy'];
				/** @description The filter is [doc], its values are [open]. */
				method?: string;
				/**
				 * @description [doc]
				 * @example true
				 */
				live?: boolean;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description One page of campaigns [doc]. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					/**
					 * @example {
					 *       "campaigns": [
					 *         {
					 *           "id": 3,
					 *           "name": "Spring Sale",
					 *           "status": "active",
					 *           "strategy": "simple",
					 *           "dial_level": 1
					 *         }
					 *       ],
					 *       "metadata": {
					 *         "total": 1
					 *       }
					 *     }
					 */
					'application/json': components['schemas']['CampaignList'];
				};
			};
			400: components['responses']['BadRequest'];
			401: components['responses']['Unauthorized'];
			403: components['responses']['Forbidden'];
			406: components['responses']['NotAcceptable'];
			422: components['responses']['Unprocessable'];
			429: components['responses']['TooManyRequests'];
		};
	};
	getCampaign: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/**
				 * @description [doc]
				 * @example 3
				 */
				id: components['parameters']['CampaignId'];
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The campaign, wrapped in `campaign` [doc]. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					/**
					 * @example {
					 *       "campaign": {
					 *         "id": 3,
					 *         "name": "Spring Sale",
					 *         "status": "active",
					 *         "strategy": "simple",
					 *         "dial_level": 1.5,
					 *         "dial_level_override": {
					 *           "enabled": false,
					 *           "value": null,
					 *           "active_agents_threshold": null
					 *         },
					 *         "max_dial_time": 30,
					 *         "max_wait_time": 10,
					 *         "max_dial_attempts": 3,
					 *         "amd_enabled": false,
					 *         "amd_voicemail_message": null,
					 *         "caller_id_sets": [
					 *           {
					 *             "phone_numbers": [
					 *               "442071838750"
					 *             ]
					 *           }
					 *         ],
					 *         "use_local_caller_id": false,
					 *         "asr_optimization_enabled": false,
					 *         "follow_up_mode": "manual",
					 *         "created_at": "2025-03-03T09:00:00.000Z",
					 *         "updated_at": "2025-03-04T10:30:00.000Z"
					 *       }
					 *     }
					 */
					'application/json': components['schemas']['CampaignEnvelope'];
				};
			};
			401: components['responses']['Unauthorized'];
			403: components['responses']['Forbidden'];
			404: components['responses']['NotFound'];
			406: components['responses']['NotAcceptable'];
			429: components['responses']['TooManyRequests'];
		};
	};
	startCampaign: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/**
				 * @description [doc]
				 * @example 3
				 */
				id: components['parameters']['CampaignId'];
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			200: components['responses']['ChangedCampaign'];
			400: components['responses']['BadRequest'];
			401: components['responses']['Unauthorized'];
			403: components['responses']['Forbidden'];
			404: components['responses']['NotFound'];
			406: components['responses']['NotAcceptable'];
			409: components['responses']['WrongState'];
			429: components['responses']['TooManyRequests'];
		};
	};
	pauseCampaign: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/**
				 * @description [doc]
				 * @example 3
				 */
				id: components['parameters']['CampaignId'];
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			200: components['responses']['ChangedCampaign'];
			400: components['responses']['BadRequest'];
			401: components['responses']['Unauthorized'];
			403: components['responses']['Forbidden'];
			404: components['responses']['NotFound'];
			406: components['responses']['NotAcceptable'];
			409: components['responses']['WrongState'];
			429: components['responses']['TooManyRequests'];
		};
	};
	stopCampaign: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/**
				 * @description [doc]
				 * @example 3
				 */
				id: components['parameters']['CampaignId'];
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			200: components['responses']['ChangedCampaign'];
			400: components['responses']['BadRequest'];
			401: components['responses']['Unauthorized'];
			403: components['responses']['Forbidden'];
			404: components['responses']['NotFound'];
			406: components['responses']['NotAcceptable'];
			409: components['responses']['WrongState'];
			429: components['responses']['TooManyRequests'];
		};
	};
	updateLeads: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/**
				 * @description [doc]
				 * @example 3
				 */
				id: components['parameters']['CampaignId'];
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				/**
				 * @example [
				 *       {
				 *         "phone_number": "447911123456",
				 *         "active": false
				 *       }
				 *     ]
				 */
				'application/json': components['schemas']['LeadUpdateList'];
			};
		};
		responses: {
			/** @description What became of each number [open]. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					/**
					 * @example {
					 *       "leads_update": {
					 *         "updated": [
					 *           "447911123456"
					 *         ],
					 *         "rejected": [],
					 *         "not_found": [
					 *           "4915112345678"
					 *         ]
					 *       }
					 *     }
					 */
					'application/json': components['schemas']['LeadsUpdateResult'];
				};
			};
			400: components['responses']['BadRequest'];
			401: components['responses']['Unauthorized'];
			403: components['responses']['Forbidden'];
			404: components['responses']['NotFound'];
			406: components['responses']['NotAcceptable'];
			409: components['responses']['Busy'];
			422: components['responses']['Unprocessable'];
			429: components['responses']['TooManyRequests'];
		};
	};
	addLeads: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/**
				 * @description [doc]
				 * @example 3
				 */
				id: components['parameters']['CampaignId'];
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				/**
				 * @example [
				 *       {
				 *         "phone_number": "447911123456",
				 *         "name": "Ada Lovelace",
				 *         "source": {
				 *           "system": "CRM",
				 *           "url": "https://crm.example.com/contacts/17"
				 *         },
				 *         "priority": 10,
				 *         "active": true,
				 *         "context_headers": {
				 *           "X-Customer-Id": "17"
				 *         }
				 *       },
				 *       {
				 *         "phone_number": "4915112345678"
				 *       }
				 *     ]
				 */
				'application/json': components['schemas']['LeadList'];
			};
		};
		responses: {
			/** @description What became of each number. 200 or 201 is [open]. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					/**
					 * @example {
					 *       "leads_import": {
					 *         "created": [
					 *           "447911123456"
					 *         ],
					 *         "rejected": [
					 *           "123"
					 *         ],
					 *         "duplicates": [
					 *           "4915112345678"
					 *         ]
					 *       }
					 *     }
					 */
					'application/json': components['schemas']['LeadsImportResult'];
				};
			};
			/** @description What became of each number. 200 or 201 is [open]. */
			201: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					/**
					 * @example {
					 *       "leads_import": {
					 *         "created": [
					 *           "447911123456"
					 *         ],
					 *         "rejected": [
					 *           "123"
					 *         ],
					 *         "duplicates": [
					 *           "4915112345678"
					 *         ]
					 *       }
					 *     }
					 */
					'application/json': components['schemas']['LeadsImportResult'];
				};
			};
			400: components['responses']['BadRequest'];
			401: components['responses']['Unauthorized'];
			403: components['responses']['Forbidden'];
			404: components['responses']['NotFound'];
			406: components['responses']['NotAcceptable'];
			409: components['responses']['Busy'];
			422: components['responses']['Unprocessable'];
			429: components['responses']['TooManyRequests'];
		};
	};
	patchLeads: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/**
				 * @description [doc]
				 * @example 3
				 */
				id: components['parameters']['CampaignId'];
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				/**
				 * @example [
				 *       {
				 *         "phone_number": "447911123456",
				 *         "active": false
				 *       }
				 *     ]
				 */
				'application/json': components['schemas']['LeadUpdateList'];
			};
		};
		responses: {
			/** @description What became of each number [open]. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					/**
					 * @example {
					 *       "leads_update": {
					 *         "updated": [
					 *           "447911123456"
					 *         ],
					 *         "rejected": [],
					 *         "not_found": [
					 *           "4915112345678"
					 *         ]
					 *       }
					 *     }
					 */
					'application/json': components['schemas']['LeadsUpdateResult'];
				};
			};
			400: components['responses']['BadRequest'];
			401: components['responses']['Unauthorized'];
			403: components['responses']['Forbidden'];
			404: components['responses']['NotFound'];
			406: components['responses']['NotAcceptable'];
			409: components['responses']['Busy'];
			422: components['responses']['Unprocessable'];
			429: components['responses']['TooManyRequests'];
		};
	};
	listCampaignUsers: {
		parameters: {
			query?: {
				/**
				 * @description Size of a page [doc].
				 * @example 100
				 */
				limit?: components['parameters']['Limit'];
				/**
				 * @description How many rows to leave out [doc].
				 * @example 0
				 */
				offset?: components['parameters']['Offset'];
			};
			header?: never;
			path: {
				/**
				 * @description [doc]
				 * @example 3
				 */
				id: components['parameters']['CampaignId'];
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			200: components['responses']['UserPage'];
			400: components['responses']['BadRequest'];
			401: components['responses']['Unauthorized'];
			403: components['responses']['Forbidden'];
			404: components['responses']['NotFound'];
			406: components['responses']['NotAcceptable'];
			422: components['responses']['Unprocessable'];
			429: components['responses']['TooManyRequests'];
		};
	};
	addCampaignUsers: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/**
				 * @description [doc]
				 * @example 3
				 */
				id: components['parameters']['CampaignId'];
			};
			cookie?: never;
		};
		requestBody: {
			content: {
				/**
				 * @example {
				 *       "user_ids": [
				 *         1,
				 *         2
				 *       ]
				 *     }
				 */
				'application/json': components['schemas']['UserIds'];
			};
		};
		responses: {
			/** @description The users that were added [doc]. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					/**
					 * @example {
					 *       "added_users": [
					 *         {
					 *           "id": 1,
					 *           "name": "Ada Lovelace",
					 *           "email": "ada@example.com"
					 *         }
					 *       ]
					 *     }
					 */
					'application/json': components['schemas']['AddedUsers'];
				};
			};
			400: components['responses']['BadRequest'];
			401: components['responses']['Unauthorized'];
			403: components['responses']['Forbidden'];
			404: components['responses']['NotFound'];
			406: components['responses']['NotAcceptable'];
			422: components['responses']['Unprocessable'];
			429: components['responses']['TooManyRequests'];
		};
	};
	removeCampaignUser: {
		parameters: {
			query?: never;
			header?: never;
			path: {
				/**
				 * @description [doc]
				 * @example 3
				 */
				id: components['parameters']['CampaignId'];
				/**
				 * @description The id as the list of users gives it [doc].
				 * @example 1
				 */
				user_id: string;
			};
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			/** @description The user that was removed [doc]. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content: {
					/**
					 * @example {
					 *       "user": {
					 *         "id": 1,
					 *         "name": "Ada Lovelace",
					 *         "email": "ada@example.com"
					 *       }
					 *     }
					 */
					'application/json': components['schemas']['RemovedUser'];
				};
			};
			400: components['responses']['BadRequest'];
			401: components['responses']['Unauthorized'];
			403: components['responses']['Forbidden'];
			404: components['responses']['NotFound'];
			406: components['responses']['NotAcceptable'];
			429: components['responses']['TooManyRequests'];
		};
	};
	listUsers: {
		parameters: {
			query?: {
				/**
				 * @description Size of a page [doc].
				 * @example 100
				 */
				limit?: components['parameters']['Limit'];
				/**
				 * @description How many rows to leave out [doc].
				 * @example 0
				 */
				offset?: components['parameters']['Offset'];
				/**
				 * @description [doc]
				 * @example ada
				 */
				name?: string;
				/**
				 * @description [doc]
				 * @example ada@example.com
				 */
				email?: string;
			};
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody?: never;
		responses: {
			200: components['responses']['UserPage'];
			400: components['responses']['BadRequest'];
			401: components['responses']['Unauthorized'];
			403: components['responses']['Forbidden'];
			406: components['responses']['NotAcceptable'];
			422: components['responses']['Unprocessable'];
			429: components['responses']['TooManyRequests'];
		};
	};
	receiveEvent: {
		parameters: {
			query?: never;
			header?: never;
			path?: never;
			cookie?: never;
		};
		requestBody: {
			content: {
				/**
				 * @example {
				 *       "event": "dialer.call.ended",
				 *       "object": "call",
				 *       "timestamp": "2025-03-04T10:31:02.000Z",
				 *       "secret": "shared-secret",
				 *       "contact_center_id": 42,
				 *       "data": {
				 *         "id": "6f1c9f0e-5a55-4d0e-9a43-0f7a3c1f2b10",
				 *         "type": "dialer",
				 *         "start_time": "2025-03-04T10:30:00.000Z",
				 *         "agent_start_time": "2025-03-04T10:30:08.000Z",
				 *         "duration": {
				 *           "total": 62,
				 *           "dialing_time": 6,
				 *           "dialer_waiting": 2
				 *         },
				 *         "calling_number": "442071838750",
				 *         "called_number": "447911123456",
				 *         "cdr_url": "https://cc-ams03.voiso.com/cdr/6f1c9f0e",
				 *         "agent": {
				 *           "id": 1,
				 *           "name": "Ada Lovelace",
				 *           "email": "ada@example.com",
				 *           "extension": "1001"
				 *         },
				 *         "campaign": {
				 *           "id": 3,
				 *           "name": "Spring Sale",
				 *           "is_live": true
				 *         }
				 *       }
				 *     }
				 */
				'application/json': components['schemas']['WebhookEvent'];
			};
		};
		responses: {
			/** @description The event was received [doc]. */
			200: {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
			/** @description The event was not received; Voiso can send it again [doc]. */
			'4XX': {
				headers: {
					[name: string]: unknown;
				};
				content?: never;
			};
		};
	};
}
