export { Fault, FAULTS, type FaultCode } from './fault.ts';
export { fixedClock, systemClock, type Clock } from './clock.ts';
export type { Emit, NamedEvent } from './events.ts';
export { causeCode, placesOf, placeWithin } from './defect.ts';
export {
  createGroupCommit,
  type GroupCommit,
  type GroupCommitOptions,
  type GroupHealth,
  type GroupRefusal,
} from './group-commit.ts';
export * from './calendar.ts';
export { instantsOf, type CivilTime, type InstantRange } from './civil-time.ts';
export { approximateRange, exactNumber, impliedRange, wholeBound } from './decimal-range.ts';
export { lowerSimple } from './lower-case.ts';
export { onceInARow } from './once-in-a-row.ts';
export { firstDayFrom, offsetText, startOfDay, zoneOf, type Zone } from './zone.ts';
