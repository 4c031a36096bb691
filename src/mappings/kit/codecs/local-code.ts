import type { CodeableConcept } from '@medplum/fhirtypes';
import { and, type Codec, type Column } from '../../../contracts/index.ts';
import type { PathedCodec } from '../codec.ts';
import { compileInner, damage } from '../codec.ts';
import type { TextKind } from '../columns.ts';
import { codeableConcept, coding, mappedCoding, type CodeMap } from './coding.ts';
import { onlyWith } from './only-with.ts';
import { string } from './string.ts';

export interface LocalCodeSpec {
  readonly column: Column<TextKind | 'integer'>;
  /** The system of the stored codes themselves. */
  readonly system: string;
  readonly display?: Column<TextKind>;
  /** Translations, each into another system, in the order in which their codings are written. */
  readonly maps: readonly CodeMap[];
  /** What becomes of a code that a map does not know: the local coding stays alone (and the code is counted), the element is left out, or the row is damaged. */
  readonly unmapped?: 'keep' | 'omit' | 'damaged';
}

/** A CodeableConcept of a local code: its translations, then the local coding, then the local name as text. */
export function localCode(spec: LocalCodeSpec): Codec<CodeableConcept> {
  const policy = spec.unmapped ?? 'keep';
  const { column, display } = spec;
  const translated = spec.maps.map((map) =>
    mappedCoding({ column, map, unmapped: policy === 'damaged' ? 'damaged' : 'omit' }),
  );
  const local = coding({ system: spec.system, code: column, ...(display === undefined ? {} : { display }) });
  const whole = codeableConcept({
    coding: [...translated, local],
    ...(display === undefined ? {} : { text: onlyWith(local, string(display)) }),
  });
  const note = { codeMap: spec.maps.map((map) => `${map.name} ${map.version}`).join(', '), policy };
  return policy === 'omit' ? { ...onlyTranslated(whole, translated), note } : { ...whole, note };
}

function onlyTranslated(whole: Codec<CodeableConcept>, translated: readonly Codec[]): Codec<CodeableConcept> {
  const known = and(...translated.map((codec) => codec.present ?? damage('a translation without presence')));
  const codec: PathedCodec<CodeableConcept> = {
    is: 'codec',
    columns: whole.columns,
    present: known,
    searches: { token: (sought) => and(known, whole.searches?.token?.(sought) ?? known) },
    compile: (slot, path) => {
      const write = compileInner(whole, slot, path);
      const gates = translated.map((gate) => gate.compile(slot));
      return (row, page) => (gates.every((gate) => gate(row, page) !== '') ? write(row, page) : '');
    },
  };
  return codec;
}
