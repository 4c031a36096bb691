import type { RowTexts } from '../load/table.ts';
import { civilOf } from '../model/calendar.ts';
import type { Location } from '../model/locations.ts';
import { stamp } from './patients.ts';

/** The row of LOCMST. Open wards and rooms have a date of zeros, open beds have none. */
export function locationRow(location: Location): RowTexts {
  const name = location.damage === 'control-character-location' ? `${location.name ?? ''}\u0002` : location.name;
  const open = location.type === 'B' ? null : '0000-00-00';
  return [
    location.code,
    name,
    location.type,
    location.function,
    location.parent,
    location.department,
    location.phone,
    location.bedState,
    location.closed === undefined ? open : civilOf(location.closed),
    stamp(location.deletedAt),
  ];
}
