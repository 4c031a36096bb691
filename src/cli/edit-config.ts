import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import { Fault } from '../core/index.ts';

/** A module and its system as an entry of `fascia.config.json`. */
export interface ModuleEntry {
  readonly id: string;
  /** The module's folder, as the file names it. */
  readonly folder: string;
  readonly system: Readonly<Record<string, string>>;
}

/**
 * The text of a configuration file with one module more, last in both lists. Every byte that was there stays where it was, in its order, comments
 * too: an editor that writes the value anew would lose them, and one that formats would change lines that nobody meant.
 */
export function addModule(text: string, { id, folder, system }: ModuleEntry): string {
  const members = Object.entries(system).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  const withSystem = append(text, 'systems', `${JSON.stringify(id)}: { ${members.join(', ')} }`);
  return append(withSystem, 'modules', JSON.stringify(folder));
}

/** Puts an entry behind the last one of a top-level list or object: on a line of its own where its neighbours have one. */
function append(text: string, key: string, entry: string): string {
  const tree = parseTree(text);
  const list = tree === undefined ? undefined : findNodeAtLocation(tree, [key]);
  if (list?.children === undefined) throw new Fault('config.invalid', `The configuration has no list "${key}".`);
  const closing = endOf(list) - 1;
  const last = list.children.at(-1);
  const before = text.slice(0, closing).trimEnd();
  const isSpread = text.slice(list.offset, closing).includes('\n');
  const gap = isSpread ? lineBreak(text, last ?? list, last === undefined) : last === undefined ? '' : ' ';
  const comma = last === undefined ? '' : ',';
  const cut = last === undefined ? list.offset + 1 : endOf(last);
  const rest = text.slice(closing);
  // What stands behind the last entry, such as a comment on it, stays there: only the comma goes between.
  const kept = text.slice(cut, Math.max(cut, before.length));
  const tail = isSpread ? text.slice(before.length, closing) : text.slice(Math.max(cut, before.length), closing);
  return `${text.slice(0, cut)}${comma}${kept}${gap}${entry}${tail}${rest}`;
}

function endOf(node: Node): number {
  return node.offset + node.length;
}

/** A line break and the indentation of the line on which a node stands, one step deeper for the first entry of a list. */
function lineBreak(text: string, node: Node, isFirst: boolean): string {
  const start = text.lastIndexOf('\n', node.offset) + 1;
  const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
  const step = indent.includes('\t') ? '\t' : '  ';
  return `${text.includes('\r\n') ? '\r\n' : '\n'}${indent}${isFirst ? step : ''}`;
}
