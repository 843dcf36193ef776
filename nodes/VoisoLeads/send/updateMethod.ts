import type { ApiProblem } from '../../shared/api/problem';
import type { UpdateMethod } from '../../shared/throttle/processMemory';
import type { CallResult, SendContext } from './types';

/**
 * Updates leads of one campaign with the method that the cluster takes. No page of Voiso says which it is: PUT
 * is tried first, and PATCH once when there is no PUT. "Not found" counts for the campaign only when both
 * methods say so, or when this execution has updated leads with the one that says so.
 */
export class CampaignUpdates {
	private readonly context: SendContext;

	/** What the method that was tried first met with, where that can mean that there is no such method. */
	private first: { method: UpdateMethod; problem: ApiProblem } | undefined;

	constructor(context: SendContext) {
		this.context = context;
	}

	/** Makes a call, with the other method as well if the first may be the wrong one. */
	async call(make: (method: UpdateMethod) => Promise<CallResult>): Promise<CallResult> {
		const { breaker } = this.context;
		const { first } = this;
		// Another campaign can find out meanwhile that it was the right one.
		const whyFirst = () => (first?.method === breaker.updateMethod ? first?.problem : undefined);
		const before = whyFirst();
		if (before !== undefined) return { kind: 'notSent', problem: before };
		const method = this.method();
		const result = await make(method);
		if (result.kind === 'accepted') this.remember(method);
		if (result.kind === 'notSent') return { ...result, problem: whyFirst() ?? result.problem };
		if (result.kind !== 'final') return result;
		if (!maybeWrongMethod(result.problem)) {
			// The campaign is there, and has this method.
			this.first = undefined;
			return result;
		}
		if (first !== undefined) {
			// A path without this method has the other one, so what that met with is the trouble.
			const { problem } = result.problem.kind === 'methodNotAllowed' ? first : result;
			return { ...result, problem };
		}
		if (breaker.updateMethod === method) return result;
		this.first = { method, problem: result.problem };
		return await this.call(make);
	}

	private method(): UpdateMethod {
		const { baseUrl, breaker, memory } = this.context;
		if (breaker.updateMethod !== undefined) return breaker.updateMethod;
		if (this.first !== undefined) return this.first.method === 'PUT' ? 'PATCH' : 'PUT';
		return memory.updateMethod(baseUrl) ?? 'PUT';
	}

	private remember(method: UpdateMethod): void {
		const { baseUrl, breaker, memory } = this.context;
		this.first = undefined;
		breaker.updateMethod ??= method;
		memory.rememberUpdateMethod(baseUrl, method);
	}
}

function maybeWrongMethod({ kind }: ApiProblem): boolean {
	return kind === 'notFound' || kind === 'methodNotAllowed';
}
