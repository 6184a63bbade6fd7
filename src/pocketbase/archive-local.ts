import type { ArchiveStore } from "../sync/ports";
import { OWNER_ONLY } from "./spool";

/**
 * A folder of this machine, through PocketBase's own file system: a file is copied by Go and renamed into its place, so
 * it never passes through JavaScript and is never there by half.
 */
export function localArchive(): ArchiveStore {
  const root = $os.getenv("ERP_ARCHIVE_DIR") || `${$app.dataDir()}/erp_archive`;
  return {
    cancellable: false,
    put: (path, key) => {
      $os.mkdirAll(root, OWNER_ONLY);
      copy(path, root, key);
    },
    get: (key, folder, file) => copy(`${root}/${key}`, folder, file),
    remove: (key) => {
      inFolder(root, (files) => {
        if (files.exists(key)) files.delete(key);
      });
      removeIfEmpty(`${root}/${key.split("/").slice(0, -1).join("/")}`);
    },
  };
}

function copy(path: string, folder: string, key: string): void {
  inFolder(folder, (files) => files.uploadFile($filesystem.fileFromPath(path), key));
}

function inFolder(folder: string, use: (files: filesystem.System) => void): void {
  const files = $filesystem.local(folder);
  try {
    use(files);
  } finally {
    files.close();
  }
}

function removeIfEmpty(folder: string): void {
  try {
    $os.remove(folder);
  } catch {
    // The other answers of that day are still there.
  }
}
