import type { PieceReader, Spool } from "../sync/ports";
import { spoolRoot, writeOwner } from "./old-spools";

const PIECE_BYTES = 2 * 1024 * 1024;
/** A file mode is a Go number with methods in the types; a plain number is what the call takes. */
export const OWNER_ONLY = 0o700 as unknown as os.FileMode;
const REPLACEMENT = "\uFFFD";
/** A UTF-8 character has at most four bytes, so a cut one leaves at most three. */
const LONGEST_CUT = 3;

/** Characters of the text around a byte that is not UTF-8, to find the row by. */
const SHOWN_AROUND = 40;

/** Thrown by a reader when the bytes are not UTF-8. */
export class NotUtf8 extends Error {
  /** `text`: the piece as far as it can be read, with U+FFFD in the place of each bad byte. */
  constructor(text: string) {
    const at = text.indexOf(REPLACEMENT);
    const around = text.substring(Math.max(0, at - SHOWN_AROUND), at + SHOWN_AROUND).replace(/\s+/g, " ");
    super(`the answer is not UTF-8 text, near "${around}"; the ERP must answer in UTF-8`);
    this.name = "NotUtf8";
  }
}

/** The spool of one run, readable by this user only. It touches the disk first in create(). */
export function openSpool(runId: string): Spool {
  const dir = `${spoolRoot()}/${runId}`;
  return {
    dir,
    create: () => {
      $os.mkdirAll(dir, OWNER_ONLY);
      writeOwner(dir);
    },
    size: (file) => sizeOf(`${dir}/${file}`),
    earlyEnd: (file) => earlyEnd(dir, file),
    reader: (file) => readPieces(dir, file),
    writer: (file) => writePieces(dir, file),
    remove: () => $os.removeAll(dir),
  };
}

function sizeOf(path: string): number {
  try {
    return $os.stat(path).size();
  } catch {
    return 0;
  }
}

/** Enough bytes for a byte order mark, white space and a bracket, and for a person to see what follows the rows. */
const EDGE_BYTES = 200;

function earlyEnd(dir: string, name: string): string {
  const size = sizeOf(`${dir}/${name}`);
  if (size === 0) return "";
  const edge = Math.min(EDGE_BYTES, size);
  const file = $os.openInRoot(dir, name);
  try {
    const start = toString(file, edge)
      .replace(/^\uFEFF/, "")
      .trim();
    file.seek(size - edge, 0);
    const end = toString(file, edge).trim();
    const isEarly = (start.startsWith("[") && !end.endsWith("]")) || (start.startsWith("{") && !end.endsWith("}"));
    // The edge may begin inside a character.
    return isEarly ? end.replace(/^\uFFFD+/, "") : "";
  } finally {
    file.close();
  }
}

function writePieces(dir: string, name: string): { write(text: string): void; close(): void } {
  const root = $os.openRoot(dir);
  const file = root.create(name);
  return {
    write: (text) => {
      if (text !== "") file.writeString(text);
    },
    close: () => {
      file.close();
      root.close();
    },
  };
}

function readPieces(dir: string, name: string): PieceReader {
  const total = sizeOf(`${dir}/${name}`);
  const buffer = new Uint8Array(Math.min(PIECE_BYTES, total));
  let at = 0;
  let isAscii = true;
  let file: os.File | null = null;
  const read = () => {
    if (at >= total) {
      file?.close();
      file = null;
      return "";
    }
    file = file ?? $os.openInRoot(dir, name);
    file.seek(at, 0);
    const piece = wholeText(fill(file, buffer, Math.min(PIECE_BYTES, total - at)));
    at += piece.bytes;
    isAscii = isAscii && piece.bytes === piece.text.length;
    return piece.text;
  };
  return Object.assign(read, { isAscii: () => isAscii });
}

/**
 * Reads so many bytes into the buffer, which Go fills where it is: half the time of toString(file), which copies what it
 * has read again and again. Returns that part of the buffer.
 */
function fill(file: os.File, buffer: Uint8Array, wanted: number): Uint8Array {
  let filled = 0;
  while (filled < wanted) filled += file.read(buffer.subarray(filled, wanted) as never);
  return buffer.subarray(0, wanted);
}

/** The text of a piece as far as it does not end inside a character. */
function wholeText(piece: Uint8Array): { text: string; bytes: number } {
  for (let less = 0; less <= LONGEST_CUT && less < piece.length; less++) {
    const part = piece.subarray(0, piece.length - less);
    const text = toString(part);
    if (!text.includes(REPLACEMENT) || isUtf8(part, text)) return { text, bytes: part.length };
  }
  throw new NotUtf8(toString(piece));
}

/**
 * A replacement character is fine when the ERP sent one. One for a byte that is none of UTF-8, as of a cut character, takes
 * three in its place.
 */
function isUtf8(bytes: Uint8Array, text: string): boolean {
  // Written anew: text that comes from Go keeps its bytes as they were.
  return toBytes(`${text}\n`).length === bytes.length + 1;
}
