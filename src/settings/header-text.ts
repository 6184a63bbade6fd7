/** Why a text may not be the value of a header, "" when it may. */
export function headerProblem(value: string): string {
  const isText = !/[^\x20-\x7e\x80-\uffff]/.test(value);
  return isText ? "" : "the value holds a line break or control character, which no header may";
}
