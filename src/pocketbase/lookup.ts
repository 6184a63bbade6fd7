import type { Lookup } from "../mapping/model";
import { RememberingLookup } from "../sync/remembering-lookup";
import { PocketBaseDb } from "./db";

/** Lookups of one handler. The ERP's value is bound, never part of a statement. */
export function makeLookup(): Lookup {
  const tableOf = (collection: string): string => $app.findCachedCollectionByNameOrId(collection).name;
  return new RememberingLookup(new PocketBaseDb($app), () => Date.now(), tableOf);
}
