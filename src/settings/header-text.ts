/** True for what may be the value of a header. */
export function isHeaderText(value: string): boolean {
  return !/[^\x20-\x7e\x80-\uffff]/.test(value);
}

export const HEADER_FAULT = "the value holds a line break or control character, which no header may";
