import type { Served } from '../contracts/index.ts';
import type { Answer } from './exchange.ts';

/** A named patient of the demo and why to look at them. */
export interface Story {
  readonly name: string;
  /** `system|value` */
  readonly identifier: string;
  readonly sentence: string;
  /** Searches about the patient, below the base of the API. */
  readonly links: readonly { readonly name: string; readonly search: string }[];
}

/** A line for a terminal, and what it shows. */
export interface Example {
  readonly shows: string;
  readonly command: string;
}

export interface LandingParts {
  /** The page with its `{{placeholders}}`, and its stylesheet. */
  readonly html: string;
  readonly css: string;
  readonly stories: readonly Story[];
  /** Whether all data is generated. */
  readonly synthetic: boolean;
  readonly examples: (origin: string) => readonly Example[];
  readonly served: () => Served;
}

/** One static page, no script, nothing from elsewhere. */
const policy =
  "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function landingPage(parts: LandingParts, origin: string): Answer {
  const values: Readonly<Record<string, string>> = {
    notice: parts.synthetic
      ? 'This server shows the demo hospital Meridian: every person in it is invented.'
      : 'This server is open to everybody on this machine, and to nobody else.',
    stories: stories(parts.stories, origin),
    commands: parts
      .examples(origin)
      .map(({ shows, command }) => `<p>${escapeHtml(shows)}</p>\n<pre><code>${escapeHtml(command)}</code></pre>`)
      .join('\n'),
    types: [...parts.served().values()]
      .map(
        ({ type, params }) =>
          `<tr><th scope="row"><a href="/fhir/${type}">${type}</a></th><td>${escapeHtml([...params.keys()].join(', '))}</td></tr>`,
      )
      .join('\n'),
  };
  return page(
    'text/html; charset=utf-8',
    parts.html.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? ''),
    '/',
  );
}

export function landingStyle(parts: LandingParts): Answer {
  return page('text/css; charset=utf-8', parts.css, '/landing.css');
}

function stories(all: readonly Story[], origin: string): string {
  if (all.length === 0) return '';
  const items = all.map(({ name, identifier, sentence, links: more }) => {
    const patient = { name: 'Patient', search: `Patient?identifier=${encodeURIComponent(identifier)}` };
    const links = [patient, ...more].map(
      (link) => `<a href="${escapeHtml(`${origin}/fhir/${link.search}`)}">${escapeHtml(link.name)}</a>`,
    );
    return `<li><h3>${escapeHtml(name)}</h3><p>${escapeHtml(sentence)}</p><p>${links.join(' · ')}</p></li>`;
  });
  return `<section><h2>Three patients</h2><ul class="stories">${items.join('\n')}</ul></section>`;
}

function page(contentType: string, body: string, route: string): Answer {
  return {
    status: 200,
    headers: { 'Content-Type': contentType, 'Content-Security-Policy': policy, 'Cache-Control': 'no-cache' },
    body,
    route,
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
