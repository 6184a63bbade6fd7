/** One way in which an answer goes wrong. */
export type Fault =
  /** The body ends after `at` of its bytes (0 to 1, default 0.5), or right behind a row. */
  | { kind: "cut"; framing: CutFraming; at?: number; afterRow?: boolean }
  /** The connection is closed before a byte of the answer. */
  | { kind: "reset" }
  /** Nothing more comes: not even headers, or after half of the body. */
  | { kind: "hang"; before: "headers" | "body-end" }
  /** The right answer, this many bytes a millisecond. */
  | { kind: "slow"; bytesPerMs: number }
  | { kind: "login-page" }
  | { kind: "empty" }
  /** `message`: what its body says. */
  | { kind: "status"; status: number; retryAfter?: number | string; message?: string }
  | { kind: "shape"; shape: "error-object" | "numbers" | "object" | "null" | "no-body" }
  /** The right rows in ISO-8859-1 bytes, which are not UTF-8. */
  | { kind: "latin1" }
  | { kind: "redirect"; to: string }
  /** The right answer, compressed whether or not the client asked for it. */
  | { kind: "gzip" }
  /** No fault: lets a request through before the next one in line. */
  | { kind: "none" };

/**
 * How the client could notice a cut: `length` promises more bytes than come, `chunked` never sends the last chunk,
 * `close` promises nothing and closes in good order (HTTP/1.0), so only the JSON itself is incomplete.
 */
export type CutFraming = "length" | "chunked" | "close";

/** Faults in the order they will strike, one request each. */
export class FaultLine {
  private line: { fault: Fault; times: number }[] = [];

  add(fault: Fault, times = 1): void {
    this.line.push({ fault, times });
  }

  clear(): void {
    this.line = [];
  }

  /** The fault of the next request. */
  next(): Fault {
    const first = this.line[0];
    if (first === undefined) return { kind: "none" };
    first.times--;
    if (first.times <= 0) this.line.shift();
    return first.fault;
  }
}
