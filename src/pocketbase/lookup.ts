import type { Lookup } from "../mapping/model";

/** Finds a record of another collection by one field; the ERP's value is bound, never part of a filter text. */
export const lookup: Lookup = {
  find: (collection, field, value) => {
    try {
      return $app.findFirstRecordByData(collection, field, value).id;
    } catch {
      return "";
    }
  },
};
