/** What is usual at an age: of males and females where they differ. */
interface Usual {
  readonly age: number;
  readonly height: readonly [male: number, female: number];
  readonly weight: readonly [male: number, female: number];
  readonly pulse: number;
  readonly respiration: number;
  readonly systolic: number;
  readonly diastolic: number;
}

/** Centimetres, kilograms, beats and breaths a minute, mm Hg. */
export interface Body {
  readonly height: number;
  readonly weight: number;
  readonly pulse: number;
  readonly respiration: number;
  readonly systolic: number;
  readonly diastolic: number;
}

function usual(
  age: number,
  height: Usual['height'],
  weight: Usual['weight'],
  [pulse, respiration, systolic, diastolic]: readonly [number, number, number, number],
): Usual {
  return { age, height, weight, pulse, respiration, systolic, diastolic };
}

const USUAL: readonly Usual[] = [
  usual(0, [50, 49], [3.5, 3.4], [135, 40, 75, 45]),
  usual(1, [76, 74], [10, 9.4], [120, 28, 90, 52]),
  usual(2, [87, 86], [12.5, 12], [110, 26, 92, 55]),
  usual(5, [109, 108], [18.5, 18], [100, 22, 97, 60]),
  usual(10, [138, 138], [32, 33], [85, 19, 105, 65]),
  usual(13, [156, 157], [45, 46], [80, 18, 112, 68]),
  usual(15, [170, 162], [56, 52], [78, 17, 118, 70]),
  usual(18, [176, 163], [68, 57], [76, 16, 122, 74]),
  usual(25, [176, 163], [82, 70], [75, 16, 125, 77]),
  usual(60, [175, 162], [86, 74], [75, 16, 133, 79]),
  usual(100, [170, 157], [72, 62], [75, 17, 138, 76]),
];

/** The body of an age in years, between those that are listed. */
export function bodyAt(female: boolean, age: number): Body {
  const above = USUAL.find((one) => one.age >= age) ?? USUAL.at(-1);
  const below = USUAL.findLast((one) => one.age <= age) ?? above;
  if (above === undefined || below === undefined) throw new RangeError('no body');
  const share = above.age === below.age ? 0 : (age - below.age) / (above.age - below.age);
  const sex = female ? 1 : 0;
  const between = (valueOf: (one: Usual) => number): number =>
    valueOf(below) + share * (valueOf(above) - valueOf(below));
  return {
    height: between(({ height }) => height[sex]),
    weight: between(({ weight }) => weight[sex]),
    pulse: between(({ pulse }) => pulse),
    respiration: between(({ respiration }) => respiration),
    systolic: between(({ systolic }) => systolic),
    diastolic: between(({ diastolic }) => diastolic),
  };
}
