import type { LeadCall } from '../../nodes/VoisoLeads/send/types.ts';
import type { Effect } from '../sandbox/rules/leadCalls.mts';
import type { FaultKind, Meaning } from './faults.mts';

/** One lead call from its start to its end, as an onlooker sees who sees everything. */
export interface Call {
	/** Of all calls of the schedule. */
	index: number;
	/** The importer's place in the schedule. */
	importer: number;
	/** Which run of the importer: 0, or 1 when it was run again. */
	round: number;
	process: number;
	tenant: number;
	campaign: number;
	method: LeadCall['method'];
	/** The leads as they were read from the body. */
	leads: SentLead[];
	/** Their numbers. */
	numbers: number[];
	fault: FaultKind;
	variant: number;
	/** Virtual ms. */
	start: number;
	/** It reached Voiso before the campaign was free. */
	isEarly: boolean;
	/** Virtual ms; null while the caller waits. */
	end: number | null;
	/** Place of the start and the end in the order of all starts and ends. */
	startOrder: number;
	endOrder: number;
	meaning: Meaning | null;
	status: number | null;
	/** ms that the answer asked to wait. */
	retryAfter: number;
	/** By number, once Voiso has worked on it. */
	effects: Map<number, Effect>;
	/** Whether the answer leaves this number out. */
	leavesOut: ReadonlySet<number>;
}

/** What is not known of a call at its start. */
export const UNTOLD = {
	fault: 'none',
	isEarly: false,
	variant: 0,
	end: null,
	endOrder: Number.POSITIVE_INFINITY,
	meaning: null,
	status: null,
	retryAfter: 0,
} as const;

export interface SentLead {
	phone_number: string;
	name?: string;
	active?: boolean;
	[field: string]: unknown;
}

/** The phone number of a number of the schedule. */
export function phoneOf(number: number): string {
	return `4479110${String(number).padStart(5, '0')}`;
}

/** The number of the schedule that a phone number stands for. */
export function numberOf(phone: string): number {
	return Number(phone.slice(-5));
}
