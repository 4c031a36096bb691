import {
  and,
  never,
  not,
  or,
  type NumberValue,
  type Operand,
  type Predicate,
  type Prefix,
} from '../../contracts/index.ts';
import { approximateRange, exactNumber, impliedRange, wholeBound } from '../../core/index.ts';
import { compare } from './predicates.ts';

type Sought = Pick<NumberValue, 'prefix' | 'number'>;

/** The inverse of a single stored number for every prefix (https://hl7.org/fhir/R4/search.html#prefix). */
export function numberSearch(number: Operand, present: Predicate): (sought: Sought) => Predicate {
  return ({ prefix, number: written }) => {
    const value = exactNumber(written);
    const equal = (): Predicate => {
      const { lo, hi } = impliedRange(written);
      return and(against(number, '>=', lo), against(number, '<', hi));
    };
    switch (prefix) {
      case 'eq':
        return equal();
      case 'ne':
        return and(present, not(equal()));
      case 'ap': {
        const { lo, hi } = approximateRange(written);
        return and(against(number, '>=', lo), against(number, '<=', hi));
      }
      default:
        return against(number, pointOperator[prefix], value);
    }
  };
}

const pointOperator = { gt: '>', lt: '<', ge: '>=', le: '<=', sa: '>', eb: '<' } as const;

/** A column of whole numbers is compared with whole numbers only: its database would take no other, nor use its index for one. */
function against(number: Operand, op: '>' | '>=' | '<' | '<=', value: string): Predicate {
  const isWhole = !('operand' in number) && number.type.kind === 'integer';
  return compare(number, op, isWhole ? wholeBound(op, value) : value);
}

/** For each comparator of a stored quantity: the condition on its number under which a prefix holds; true: always; absent: never. */
type Rule = Readonly<Partial<Record<'' | '<' | '<=' | '>' | '>=', '>' | '>=' | '<' | '<=' | true>>>;

/** A comparator makes the quantity a range: `gt` and its kin ask whether the range has such a point, `sa` and `eb` whether it has only such points. */
const rules: Readonly<Record<Exclude<Prefix, 'eq' | 'ne' | 'ap'>, Rule>> = {
  gt: { '': '>', '<': '>', '<=': '>', '>': true, '>=': true },
  lt: { '': '<', '>': '<', '>=': '<', '<': true, '<=': true },
  ge: { '': '>=', '<': '>', '<=': '>=', '>': true, '>=': true },
  le: { '': '<=', '>': '<', '>=': '<=', '<': true, '<=': true },
  sa: { '': '>', '>': '>=', '>=': '>' },
  eb: { '': '<', '<': '<=', '<=': '<' },
};

/** As `numberSearch`, for a number with a comparator such as `<0.5`. `comparator` is NULL where there is no number. */
export function rangeSearch(number: Operand, comparator: Operand): (sought: Sought) => Predicate {
  const present: Predicate = not({ is: 'null', of: number });
  const is = (text: string): Predicate => compare(comparator, '=', text);
  return ({ prefix, number: written }) => {
    const point = numberSearch(number, present);
    switch (prefix) {
      case 'eq':
        return and(is(''), point({ prefix, number: written }));
      case 'ne':
        return and(present, not(and(is(''), point({ prefix: 'eq', number: written }))));
      case 'ap': {
        const { lo, hi } = approximateRange(written);
        return or(
          and(is(''), point({ prefix, number: written })),
          and(is('<'), compare(number, '>', lo)),
          and(is('<='), compare(number, '>=', lo)),
          and(is('>'), compare(number, '<', hi)),
          and(is('>='), compare(number, '<=', hi)),
        );
      }
      default:
        return byRule(rules[prefix], exactNumber(written), number, comparator);
    }
  };
}

/** Comparators with the same condition share one comparison. */
function byRule(rule: Rule, value: string, number: Operand, comparator: Operand): Predicate {
  const groups = new Map<string | true, string[]>();
  for (const [text, condition] of Object.entries(rule)) groups.set(condition, [...(groups.get(condition) ?? []), text]);
  const conditions = [...groups].map(([condition, texts]): Predicate => {
    const listed: Predicate =
      texts.length === 1 ? compare(comparator, '=', texts[0] ?? '') : { is: 'in', left: comparator, values: texts };
    return condition === true ? listed : and(compare(number, condition as '<', value), listed);
  });
  return conditions.length === 0 ? never : or(...conditions);
}
