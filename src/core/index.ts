export { Fault, FAULTS, type FaultCode } from './fault.ts';
export { fixedClock, systemClock, type Clock } from './clock.ts';
export type { Emit, NamedEvent } from './events.ts';
export { placesOf } from './defect.ts';
