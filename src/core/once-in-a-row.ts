/**
 * The same function, asked once for equal keys that follow each other: neighbouring rows of a page are mostly of one patient, and have the same code,
 * unit or range. In: a pure function; what it throws is not remembered.
 */
export function onceInARow<K, V>(find: (key: K) => V): (key: K) => V {
  let last: { readonly key: K; readonly value: V } | undefined;
  return (key) => {
    if (last === undefined || last.key !== key) last = { key, value: find(key) };
    return last.value;
  };
}
