/** The engine's path of a property, as in `a.b[0]["c.d"]`, key by key. */
const KEY = /\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g;

/** The keys of a path; a number is a place in a list. */
export function keysOf(path: string): (string | number)[] {
  return [...path.matchAll(KEY)].map(([, quoted, index, plain]) =>
    index === undefined ? (quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "") : Number(index),
  );
}
