import { createDescriptions, type RunningServer } from '../../../src/app/index.ts';
import { watchAnswers } from './watch.ts';

/** Each answer of a server must be as the description says that is generated from what its site serves. For sites other than the demo hospital. */
export function watchSite({ url, installation }: RunningServer): void {
  const { served } = installation.record.catalogue;
  watchAnswers(url, createDescriptions(() => served).openApi(url));
}
