import type { ResourceType, Row, Writer } from '../../contracts/index.ts';
import { parseWritten, type JsonObject, type JsonValue } from '../../fhir/index.ts';
import type { ElementMap } from '../model/nodes.ts';
import type { ClaimWriter, MetaWriter } from './meta.ts';
import { activeText, joined, keptOverlay, linkText, withIdentifiers, type Overlay } from './overlay.ts';
import type { Compiled, RenderContext } from './tree.ts';

/** The compiled parts of a resource, in the order in which they are written. */
export interface ResourceParts {
  readonly type: ResourceType;
  readonly identifiers: Compiled | undefined;
  readonly active: Compiled | undefined;
  readonly body: Compiled;
  readonly updated: Writer | undefined;
  readonly asOf: Writer | undefined;
  readonly claims: ClaimWriter;
  readonly meta: MetaWriter;
  readonly kept: ElementMap;
}

/** Builds the object of a resource from the parts that write its text. What a person adds, and `meta`, are small: they are read from their text. */
export function objectForm(
  parts: ResourceParts,
): (id: string, row: Row, page: RenderContext, versionId: string | undefined, overlay?: Overlay) => JsonObject {
  const { type, identifiers, active, body, updated, asOf, claims, meta, kept } = parts;
  return (id, row, page, versionId, fullOverlay) => {
    const overlay = fullOverlay && keptOverlay(fullOverlay, kept);
    const before = joined(
      withIdentifiers(identifiers?.write(row, page) ?? '', overlay),
      activeText(overlay, active?.write(row, page) ?? ''),
    );
    const object: Record<string, JsonValue> = {
      resourceType: type,
      id,
      meta: parseWritten(
        meta({
          versionId,
          lastUpdated: updated?.(row, page) ?? '',
          asOf: asOf?.(row, page) ?? '',
          ...claims(row, page),
        }),
      ),
      ...membersOfText(before),
    };
    body.build(object, '', row, page);
    return Object.assign(object, membersOfText(linkText(overlay)));
  };
}

/** The members that a text such as `"active":true` writes. */
function membersOfText(text: string): Record<string, JsonValue> {
  return parseWritten(`{${text}}`) as Record<string, JsonValue>;
}
