// What one file of tests leaves behind in the isolate of its expressions does not reach the next file.
import { afterAll } from 'vitest';
import { stopExpressionEngine } from './expressionEngine.mts';

afterAll(stopExpressionEngine);
