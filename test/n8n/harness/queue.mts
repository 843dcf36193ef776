import { randomBytes } from 'node:crypto';
import { type N8n, startN8n } from './index.mts';
import { database, type Service, startPostgres, startRedis } from './services.mts';

export interface QueueOptions {
	/** Packed community package, installed for every process. */
	tarball: string;
	workers: number;
	/** How many executions a worker runs at once. */
	concurrency: number;
}

/** An n8n in queue mode: one main process, and workers that run the executions. */
export interface N8nQueue {
	main: N8n;
	workers: N8n[];
	/** Ends all of it and removes its data. */
	close(): Promise<void>;
}

/**
 * Starts n8n the way it scales: Redis, PostgreSQL, a main process and workers, all real and on this
 * machine.
 * @throws when one of them does not start; what has started is then ended
 */
export async function startQueue(options: QueueOptions): Promise<N8nQueue> {
	const { tarball, workers: count, concurrency } = options;
	const started: { close(): Promise<void> }[] = [];
	const close = async () => {
		// In the order in which they need each other.
		for (const one of started.splice(0).reverse()) await one.close();
	};
	const keep = async <One extends Service | N8n>(one: Promise<One>): Promise<One> => {
		started.push(await one);
		return await one;
	};
	try {
		const redis = await keep(startRedis());
		const postgres = await keep(startPostgres());
		const encryptionKey = randomBytes(24).toString('hex');
		const env = queueEnvironment(redis, postgres);
		// First alone, because it makes the tables.
		const main = await keep(startN8n({ tarball, encryptionKey, env }));
		const workerEnv = {
			...env,
			N8N_CONCURRENCY_PRODUCTION_LIMIT: String(concurrency),
			// On this level a worker logs the result of each node.
			N8N_LOG_LEVEL: 'debug',
		};
		const workers = await allOrNone(
			Array.from({ length: count }, () =>
				keep(startN8n({ command: 'worker', tarball, encryptionKey, env: workerEnv })),
			),
		);
		return { main, workers, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** Waits for all even when one fails, so that none is still starting when it throws. */
async function allOrNone<Value>(promises: Promise<Value>[]): Promise<Value[]> {
	const results = await Promise.allSettled(promises);
	return results.map((result) => {
		if (result.status === 'rejected') throw result.reason;
		return result.value;
	});
}

function queueEnvironment(redis: Service, postgres: Service): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		// As it always is from n8n 3 on.
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: database,
		DB_POSTGRESDB_PASSWORD: '',
	};
}
