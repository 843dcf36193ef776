import { statusDescription, statusOperation } from './statusOperation';

export const description = statusDescription('start');

/** Starts the campaign of each input item. */
export const execute = statusOperation('start');
