import type { Place } from "../archive/paths";
import { s3Config } from "../archive/s3";
import type { ArchiveStore } from "../sync/ports";
import { localArchive } from "./archive-local";
import { s3Archive } from "./archive-s3";
import { hasCurl } from "./curl";

/** The files of an archive. Throws a sentence when this machine cannot reach it. */
export function archiveStore(place: Place): ArchiveStore {
  if (place.kind === "local") return localArchive();
  const config = s3Config((name) => $os.getenv(name));
  if (!hasCurl()) {
    throw new Error("an archive in S3 needs curl 7.75 or later, which this machine does not have: install it");
  }
  return s3Archive(config, place.bucket);
}
