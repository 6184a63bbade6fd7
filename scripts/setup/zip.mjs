import { inflateRawSync } from "node:zlib";

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/**
 * Takes one file out of a zip archive. Setup reads archives whose hash is known, so their structure is trusted.
 * @param {Buffer} archive
 * @param {(name: string) => boolean} wanted
 * @returns {Buffer} the first wanted file's bytes
 * @throws when the archive is no zip file or has no such file
 */
export function readZipEntry(archive, wanted) {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (end < 0 || archive.readUInt32LE(end) !== END) throw new Error("the archive is not a zip file");
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  const names = [];
  for (let i = 0; i < count && archive.readUInt32LE(at) === ENTRY; i++) {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    if (wanted(name)) return inflateEntry(archive, at);
    names.push(name);
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  throw new Error(`the archive holds ${names.join(", ") || "nothing"}, but no PocketBase binary`);
}

/**
 * @param {Buffer} archive
 * @param {number} at where the entry's central record begins
 */
function inflateEntry(archive, at) {
  const method = archive.readUInt16LE(at + 10);
  const packed = archive.readUInt32LE(at + 20);
  const local = archive.readUInt32LE(at + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const bytes = archive.subarray(start, start + packed);
  if (method === 0) return bytes;
  if (method === 8) return inflateRawSync(bytes);
  throw new Error(`the archive uses compression method ${method}, expected 0 or 8`);
}
