import type { QuantityValue } from '../../contracts/index.ts';
import { numberWritten, type JsonObject } from '../written-json.ts';
import { isObject, textOf, type Element, type ElementTest } from './element.ts';
import { intervalOf, intervalTest, type Interval } from './interval.ts';

interface Amount {
  readonly interval: Interval;
  readonly system: string | undefined;
  readonly code: string | undefined;
  readonly unit: string | undefined;
}

const currencies = 'urn:iso:std:iso:4217';

/** https://hl7.org/fhir/R4/search.html#quantity: without a system, a code also matches the unit that people read. */
export function quantityTest(sought: QuantityValue): ElementTest {
  const numberFits = intervalTest(sought);
  return (element) => amountsOf(element).some((amount) => unitFits(sought, amount) && numberFits(amount.interval));
}

function unitFits({ system, code }: QuantityValue, amount: Amount): boolean {
  if (system !== undefined && system !== '')
    return amount.system === system && (code === undefined || amount.code === code);
  return code === undefined || code === '' || amount.code === code || amount.unit === code;
}

/** A Quantity, Money or Range. */
function amountsOf(element: Element): readonly Amount[] {
  if (!isObject(element)) return [];
  const number = numberWritten(element, 'value');
  if (number === undefined) return rangeOf(element);
  const currency = textOf(element, 'currency');
  return [
    {
      interval: intervalOf(number, textOf(element, 'comparator')),
      ...(currency === undefined ? unitOf(element) : { system: currencies, code: currency, unit: undefined }),
    },
  ];
}

function unitOf(element: JsonObject): Omit<Amount, 'interval'> {
  return { system: textOf(element, 'system'), code: textOf(element, 'code'), unit: textOf(element, 'unit') };
}

/** A Range (https://hl7.org/fhir/R4/datatypes.html#Range): both ends have the same unit, and one may be missing. */
function rangeOf({ low, high }: JsonObject): readonly Amount[] {
  const [lowEnd, highEnd] = [endOf(low), endOf(high)];
  const unit = [low, high].find(isObject);
  if (unit === undefined || (lowEnd === undefined && highEnd === undefined)) return [];
  const interval = {
    ...(lowEnd?.lo === undefined ? {} : { lo: lowEnd.lo }),
    ...(highEnd?.hi === undefined ? {} : { hi: highEnd.hi }),
  };
  return [{ interval, ...unitOf(unit) }];
}

function endOf(element: Element | undefined): Interval | undefined {
  const number = isObject(element) ? numberWritten(element, 'value') : undefined;
  return number === undefined ? undefined : intervalOf(number, undefined);
}
