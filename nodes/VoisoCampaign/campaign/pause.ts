import { statusDescription, statusOperation } from './statusOperation';

export const description = statusDescription('pause');

/** Pauses the campaign of each input item. */
export const execute = statusOperation('pause');
