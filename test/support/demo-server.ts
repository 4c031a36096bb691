import type { Bundle, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { loadConfig, startServer, type RunningServer } from '../../src/app/index.ts';
import type { Access } from '../../src/contracts/index.ts';
import type { Emit } from '../../src/core/index.ts';
import { preparedHome, silent, testClock, testPatients } from './demo-home.ts';
import { watchAnswers } from './openapi/watch.ts';

export interface DemoServer {
  readonly base: string;
  readonly running: RunningServer;
  /** Takes a path below the base, or an absolute URL such as a next link. */
  fetch(pathOrUrl: string, init?: RequestInit): Promise<Response>;
  read<T extends Resource = Resource>(path: string): Promise<T>;
  search(typeAndQuery: string): Promise<Bundle | OperationOutcome>;
  /** Every page of a search. */
  pages(typeAndQuery: string): Promise<Bundle[]>;
  /** The text of every page of a search. */
  pageTexts(typeAndQuery: string): Promise<string[]>;
  stop(): Promise<void>;
}

/** The composed product on the demo hospital, on a real socket. `access` stands in for a verified token: only tests can inject one. */
export async function startDemoServer(
  options: { readonly access?: Access; readonly emit?: Emit; readonly environment?: Record<string, string> } = {},
): Promise<DemoServer> {
  const config = loadConfig({ FASCIA_HOME: preparedHome(), PORT: '0', ...options.environment }, process.cwd(), {
    patients: testPatients,
  });
  const { access } = options;
  const running = await startServer({
    config,
    emit: options.emit ?? silent,
    clock: testClock,
    ...(access === undefined ? {} : { verify: () => access }),
  });
  watchAnswers(running.url);
  const base = `${running.url}/fhir`;
  const fetchFrom = async (pathOrUrl: string, given?: RequestInit): Promise<Response> => {
    const url = pathOrUrl.startsWith('http') ? pathOrUrl : `${base}/${pathOrUrl}`;
    // Without a FHIR type a Binary is answered as what it holds.
    const accept = url.includes('/Binary/') ? { Accept: 'application/fhir+json' } : {};
    const init = { ...given, headers: { ...accept, ...(given?.headers as object | undefined) } };
    try {
      return await fetch(url, init);
    } catch {
      // A kept-alive connection that the server closed meanwhile; clients try such requests once more.
      return fetch(url, init);
    }
  };
  const search = async (typeAndQuery: string): Promise<Bundle | OperationOutcome> =>
    (await (await fetchFrom(typeAndQuery)).json()) as Bundle | OperationOutcome;
  const pageTexts = async (typeAndQuery: string): Promise<string[]> => {
    const texts: string[] = [];
    for (let next: string | undefined = typeAndQuery; next !== undefined;) {
      const text = await (await fetchFrom(next)).text();
      const body = JSON.parse(text) as Bundle | OperationOutcome;
      if (body.resourceType !== 'Bundle') throw new Error(`refused: ${text}`);
      texts.push(text);
      next = body.link?.find((link) => link.relation === 'next')?.url;
    }
    return texts;
  };
  return {
    base,
    running,
    fetch: fetchFrom,
    read: async <T extends Resource>(path: string) => (await (await fetchFrom(path)).json()) as T,
    search,
    pageTexts,
    pages: async (typeAndQuery) => (await pageTexts(typeAndQuery)).map((text) => JSON.parse(text) as Bundle),
    stop: () => running.stop('test'),
  };
}
