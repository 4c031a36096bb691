import { zonedOf } from '../model/calendar.ts';
import type { HomeLine } from '../model/home-lines.ts';
import type { HomeList } from '../model/home-lists.ts';
import type { Person } from '../model/types.ts';
import { DRUG_SYSTEMS, LIST_SOURCE, TAKING } from './codes-medications.ts';
import { SYSTEMS } from './codes.ts';
import { registrationOf } from './labs.ts';
import { localConcept } from './local-codes.ts';
import { dosageOf, some, timingOf } from './medications.ts';
import { concept, labelled, listOf, plain, referenceTo } from './resources.ts';
import type { TruthRow } from './rows.ts';
import { sensitivityLabels } from './sensitivity.ts';
import { stayRef } from './stays.ts';
import { partial } from './treatments.ts';
import type { Native, TruthResource, TruthValue } from './types.ts';

const LABEL_SYSTEM: Readonly<Record<string, string>> = {
  RXN: SYSTEMS.rxnorm,
  NDC: SYSTEMS.ndc,
  LOC: DRUG_SYSTEMS.localDrug,
};

function codingsOf({ codes }: HomeLine): readonly TruthValue[] {
  return codes.flatMap((entry): readonly TruthValue[] => {
    const [label = '', code = ''] = entry.split(':');
    const system = LABEL_SYSTEM[label];
    return system === undefined ? [] : [{ system, code }];
  });
}

function words(text: string | null): TruthValue | undefined {
  return text === null ? undefined : [{ text: text.trim() }];
}

/** The relative, if it is one of the person's who are served. */
function relativeRef({ relative }: HomeList, { relatives }: Person): ReturnType<typeof referenceTo> {
  const found = relatives.find(
    ({ number, deleted, damage }) => number === relative && !deleted && damage === undefined,
  );
  return referenceTo('RelatedPerson', found && { table: 'PATREL', key: [found.number] });
}

function lineTruth(row: HomeLine, list: HomeList, person: Person): TruthResource {
  const { line, taking, since, until, asked } = { ...row, asked: list.asked };
  const [start, end] = [partial(since), partial(until)];
  const sources = { system: DRUG_SYSTEMS.statementCategory, meanings: LIST_SOURCE };
  const asNeeded = line.asNeeded ? true : undefined;
  const statement = plain(lineNative(row, list), 'MedicationStatement', {
    status: taking === null ? 'unknown' : TAKING[taking],
    statusReason: words(row.why),
    category: localConcept(list.source, DRUG_SYSTEMS.localListSource, sources),
    medicationCodeableConcept: concept(codingsOf(row), row.text ?? undefined),
    subject: referenceTo('Patient', registrationOf({ key: list.patient })),
    context: stayRef(list.stay, person),
    effectivePeriod: some({ start, end }),
    dateAsserted: zonedOf(asked.day, asked.seconds),
    informationSource: relativeRef(list, person),
    reasonCode: words(row.purpose),
    note: words(row.note),
    dosage: listOf(some({ ...dosageOf(line, row.sig, asNeeded), timing: timingOf(line.frequency) })),
  });
  return labelled(sensitivityLabels(row.sensitivity), statement);
}

function lineNative({ sequence }: HomeLine, { number }: HomeList): Native {
  return { table: 'HOMELN', key: [number, String(sequence)] };
}

export function homeLineRows(person: Person): readonly TruthRow[] {
  const replaced = new Set(person.homeLists.map(({ replaces }) => replaces));
  return person.homeLists.flatMap((list) =>
    list.lines.map((row) => ({
      native: lineNative(row, list),
      about: { registration: list.patient },
      damage: row.damage,
      hidden: replaced.has(list.number) ? 'superseded' : undefined,
      resource: () => lineTruth(row, list, person),
    })),
  );
}
