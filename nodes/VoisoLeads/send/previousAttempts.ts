import type { Failure, Outcome } from '../types';
import { UNCONFIRMED, type Result } from '../settle';

/**
 * What earlier tries of one execution of the node brought, by lead. n8n's *Retry On Fail* runs the
 * whole node again, and what Voiso has answered for a lead must not be asked again: a lead created by
 * the first try would come back as a duplicate.
 */
export class PreviousAttempts {
	private readonly outcomes = new Map<string, Outcome>();

	/** Leads for which an answer was lost. */
	private readonly uncertain = new Set<string>();

	private readonly doubtful = new WeakMap<Failure, Failure>();

	outcomeOf(key: string): Outcome | undefined {
		return this.outcomes.get(key);
	}

	/** Remembers the result of one lead of a delivery, and gives it as it is in the light of earlier tries. */
	add(key: string, result: Result): Result {
		if ('failure' in result) {
			if (result.failure.maybeApplied) this.uncertain.add(key);
			return this.uncertain.has(key) ? { failure: this.withDoubt(result.failure) } : result;
		}
		const mayBeOurs = result.outcome.status === 'duplicate' && this.uncertain.has(key);
		const settled = mayBeOurs ? UNCONFIRMED : result;
		this.outcomes.set(key, settled.outcome);
		return settled;
	}

	/** One form for all leads of a batch, which share their failure. */
	private withDoubt(failure: Failure): Failure {
		if (failure.maybeApplied) return failure;
		const known = this.doubtful.get(failure) ?? { ...failure, maybeApplied: true };
		this.doubtful.set(failure, known);
		return known;
	}
}
