import { z } from 'zod';
import { fileSchema } from './config-schema.ts';
import { nearestName } from './nearest-name.ts';

/** What is wrong with a configuration, one sentence each. In: the issues that the schema found. */
export function describeIssues(issues: readonly z.core.$ZodIssue[]): string[] {
  return issues.flatMap((issue) => describe(issue));
}

function describe(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key));
  if (issue.code === 'invalid_key') return issue.issues.map((inner) => `${path.join('.')}: the name ${inner.message}`);
  if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.endsWith('received undefined')) {
    return [`${path.join('.')} is missing`];
  }
  const message = issue.message.replace(/^Invalid input: e/, 'e').replace(/^Too /, 'is too ');
  return [path.length === 0 ? message : `${path.join('.')}: ${message}`];
}

function unknownKey(path: readonly string[], key: string): string {
  const near = nearestName(key, knownKeys(path));
  const hint = near === undefined ? '' : `; did you mean ${[...path, near].join('.')}?`;
  return `${[...path, key].join('.')} is not a known key${hint}`;
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
}

function knownKeys(path: readonly string[]): string[] {
  let schema = z.toJSONSchema(fileSchema, { io: 'input' }) as JsonSchema | undefined;
  for (const step of path) {
    const other = schema?.additionalProperties;
    schema = schema?.properties?.[step] ?? (typeof other === 'object' ? other : undefined);
  }
  return Object.keys(schema?.properties ?? {});
}
