import type { Branch, Codec, MappingModule } from '../../contracts/index.ts';
import { absent, orAbsent } from './codecs/absent.ts';
import { constant } from './codecs/constant.ts';
import { reference } from './codecs/reference.ts';

const PROFILE = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-provenance';

/** The entity that provided the copy (https://hl7.org/fhir/us/core/STU7/CodeSystem-us-core-provenance-participant-type.html). */
const TRANSMITTER = {
  system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-provenance-participant-type',
  code: 'transmitter',
  display: 'Transmitter',
};

/** No author's prefix begins with a capital. */
const PREFIX = 'P';

/**
 * The Provenance of what a branch serves: of each of its rows, which system it comes from and when the row was written, where a column tells. It is
 * another branch over the same rows, so that it is found, paged and narrowed as they are, and needs no row of its own.
 */
export function provenanceOf(branch: Branch, { id, title, stewardship }: MappingModule): Branch {
  const { type, prefix, from, joins, where, key, maskKey, labels, lastUpdated, asOf } = branch;
  const [first, ...others] = key;
  if (first === undefined) throw new RangeError('a branch without a key');
  const agent = {
    type: constant({ coding: [TRANSMITTER] }),
    who: constant({ identifier: { system: 'urn:ietf:rfc3986', value: `urn:fascia:system:${id}` }, display: title }),
    onBehalfOf: constant({ display: stewardship.owner }),
  };
  return {
    ...{ type: 'Provenance', prefix: PREFIX + prefix, about: prefix, from, joins, key, maskKey },
    ...{ profiles: [PROFILE], absentInSource: [] },
    ...(where === undefined ? {} : { where }),
    ...(labels === undefined ? {} : { labels }),
    ...(asOf === undefined ? {} : { asOf }),
    elements: {
      target: [reference(type, prefix, [first, ...others], { required: true })],
      recorded: lastUpdated === undefined ? absent('unknown') : orAbsent(lastUpdated as Codec<string>, 'unknown'),
      agent: [agent],
    },
  };
}
