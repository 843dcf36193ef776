export { add } from '../../nodes/VoisoLeads/operations/add.ts';
export { deactivateEverywhere } from '../../nodes/VoisoLeads/operations/deactivate.ts';
export { update } from '../../nodes/VoisoLeads/operations/update.ts';
export { upsert } from '../../nodes/VoisoLeads/operations/upsert.ts';
export { newSendContext } from '../../nodes/VoisoLeads/send/send.ts';
export { ProcessMemory } from '../../nodes/shared/throttle/processMemory.ts';
export { makeCall } from '../../nodes/shared/api/http.ts';
