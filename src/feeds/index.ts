export { BROKEN, REASONS, type ReasonCode } from './reasons.ts';
export { createReceiver, type Receiver, type ReceiverOptions } from './receiver.ts';
