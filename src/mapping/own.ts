const hasEntry = Object.prototype.hasOwnProperty;

/** The record's own entry of that name; never what it inherits, so names such as "constructor" are safe. */
export function own<T>(record: Record<string, T>, name: string): T | undefined {
  return has(record, name) ? record[name] : undefined;
}

/** True when the record itself has an entry of that name, be it undefined. */
export function has(record: object, name: string): boolean {
  return hasEntry.call(record, name);
}
