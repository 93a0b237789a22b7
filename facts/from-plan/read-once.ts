/**
 * Reads something of a planned resource, of a list of them or of a part once, however many judges ask for it. It must
 * follow from that object alone, which nobody changes; with the object it is forgotten.
 */
export function readOnce<O extends object, T>(read: (object: O) => T): (object: O) => T {
  const found = new WeakMap<O, T>();
  return (object) => {
    const earlier = found.get(object);
    // What was read may be `undefined`, too.
    if (earlier !== undefined || found.has(object)) return earlier as T;
    const value = read(object);
    found.set(object, value);
    return value;
  };
}
