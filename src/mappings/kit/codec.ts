import { Damaged, type Codec, type Column, type PageContext, type SlotOf, type Writer } from '../../contracts/index.ts';

/** A codec as the kit makes it: `path` is the element's FHIRPath, which `defineBranch` binds for the stewards' list of unmapped codes. */
export interface PathedCodec<T> extends Codec<T> {
  readonly compile: (slot: SlotOf, path?: string) => Writer;
}

/** Compiles a codec inside another one, passing the path on where the inner codec takes one. */
export function compileInner(codec: PathedCodec<unknown>, slot: SlotOf, path: string | undefined): Writer {
  return codec.compile(slot, path);
}

/** Writes one text column: NULL and blank are absent. */
export function fromText(column: Column, write: (raw: string) => string): (slot: SlotOf) => Writer {
  return (slot) => {
    const at = slot(column);
    return (row) => {
      const raw = row[at];
      return raw == null ? '' : write(raw);
    };
  };
}

/** A row that cannot be mapped. The record layer adds the element's path. */
export function damage(reason: string): never {
  throw new Damaged('', reason);
}

export function columnsOf(...codecs: readonly (Codec | undefined)[]): readonly Column[] {
  return [...new Set(codecs.flatMap((codec) => codec?.columns ?? []))];
}

/** A page for a codec whose element counts its unmapped codes itself. */
export function silent(page: PageContext): PageContext {
  return { reference: (target, key) => page.reference(target, key), unmapped: ignore };
}

function ignore(): void {
  return undefined;
}
