import { statusDescription, statusOperation } from './statusOperation';

export const description = statusDescription('stop');

/** Stops the campaign of each input item. */
export const execute = statusOperation('stop');
