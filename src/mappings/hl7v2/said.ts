import { jsonOf, type Assertion, type ThingKey } from '../../contracts/index.ts';

/** How to say something of the parts of one thing: nothing where a value is undefined or an empty list, and that there is none where it is null. */
export function sayingOf<Parts>(key: ThingKey) {
  return <P extends keyof Parts & string>(part: P, value: Parts[P] | null | undefined): readonly Assertion[] =>
    value === undefined || (Array.isArray(value) && value.length === 0) ? [] : [{ key, part, value: jsonOf(value) }];
}
