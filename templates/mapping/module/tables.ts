import { date, integer, table, text } from 'fascia/mapping';

/** The tables as the system has them: only columns that are read need to be named. */
export const person = table('person', {
  id: integer(),
  number: text(),
  last_name: text(),
  first_name: text(),
  born: date(),
});
