export { Fault, FAULTS, type FaultCode } from './fault.ts';
export { fixedClock, systemClock, type Clock } from './clock.ts';
export type { Emit, NamedEvent } from './events.ts';
export { placesOf } from './defect.ts';
export * from './calendar.ts';
export { instantsOf, type CivilTime, type InstantRange } from './civil-time.ts';
export { approximateRange, exactNumber, impliedRange, wholeBound } from './decimal-range.ts';
export { lowerSimple } from './lower-case.ts';
export { firstDayFrom, offsetText, startOfDay, zoneOf, type Zone } from './zone.ts';
