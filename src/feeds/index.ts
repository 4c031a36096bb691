export { join } from './join.ts';
export { BROKEN, REASONS, type ReasonCode } from './reasons.ts';
export { createReceiver, type Receiver, type ReceiverOptions } from './receiver.ts';
export { createWorker, thingId, type Worker, type WorkerOptions } from './worker.ts';
