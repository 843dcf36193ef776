/** An answer of the API before it is put on the wire. */
export interface Answer {
	status: number;
	body: unknown;
	headers?: Record<string, string>;
	/** Set when the request was none that the contract allows. */
	isViolation?: true;
}

export const violation = (answer: Answer): Answer => ({ ...answer, isViolation: true });

export const ok = (body: unknown): Answer => ({ status: 200, body });

const plain = (status: number, error: string): Answer => ({ status, body: { error } });

export const badRequest = () => plain(400, 'Bad Request');
export const unauthorized = () => plain(401, 'Unauthorized');
export const forbidden = () => plain(403, 'Forbidden');
export const notFound = () => plain(404, 'Not found');
export const methodNotAllowed = () => plain(405, 'Method not allowed');
/** A path has no such method, or is not there for it. */
export const wrongMethod = (status: 404 | 405) =>
	status === 404 ? notFound() : methodNotAllowed();
export const tooManyRequests = () => plain(429, 'Too many requests');

/** Field → what is wrong with it, in the shape of 406, 409 and 422. */
export const fieldErrors = (status: 406 | 409 | 422, errors: Record<string, string[]>): Answer => ({
	status,
	body: { errors },
});
