/// <reference path="../pb_data/types.d.ts" />

// The second built-in stream, an example that is off: nightly stock counts into a shop (004), with its two collections.
// A collection or stream of these names that is there already is not touched.
// Frozen once released: a later change is a migration of its own.

const STREAM = "inventory";
const NEEDED = ["product", "in_stock", "is_discontinued", "discontinued_at", "last_synced_at"];
/** The id of the field created, by which down() knows a collection that this migration made. */
const MADE_HERE = "erp_made_created";
const DATES = [
  { id: MADE_HERE, name: "created", type: "autodate", onCreate: true },
  { name: "updated", type: "autodate", onCreate: true, onUpdate: true },
];

migrate(
  (app) => {
    const find = (name) => app.findAllCollections().find((c) => c.name.toLowerCase() === name);
    const make = (name, fields, indexes) => {
      if (!find(name)) {
        app.save(new Collection({ name, type: "base", fields: fields.concat(DATES), indexes }));
      }
      return find(name);
    };
    // PocketBase lets no collection relate to a view.
    const theirs = find("products");
    if (theirs && theirs.type === "view") {
      return;
    }
    const products = make(
      "products",
      [
        { name: "sku", type: "text", required: true, presentable: true },
        { name: "name", type: "text" },
        { name: "price", type: "number" },
        { name: "description", type: "editor" },
      ],
      ["CREATE UNIQUE INDEX `idx_products_sku` ON `products` (`sku`)"],
    );
    const inventory = make(
      "inventory",
      [
        { name: "product", type: "relation", required: true, collectionId: products.id, maxSelect: 1 },
        { name: "in_stock", type: "number", onlyInt: true },
        { name: "is_discontinued", type: "bool" },
        { name: "discontinued_at", type: "date" },
        { name: "last_synced_at", type: "date" },
      ],
      ["CREATE UNIQUE INDEX `idx_inventory_product` ON `inventory` (`product`)"],
    );

    // Somebody else's collections of these names may be about something else: then there is no example.
    const suits = inventory.type === "base" && NEEDED.every((name) => inventory.fields.getByName(name) !== null);
    const taken = app
      .findAllRecords("sync_settings")
      .some((s) => s.getString("name") === STREAM || s.getString("target_collection").toLowerCase() === "inventory");
    if (!suits || products.fields.getByName("sku") === null || taken) {
      return;
    }
    app.save(
      new Record(app.findCollectionByNameOrId("sync_settings"), {
        name: STREAM,
        paused: true,
        schedule: "0 2 * * *",
        source_url: "${ERP_BASE_URL:-https://aswanservice.aswan.com:8088}/inventory",
        key_fields: ["sku"],
        target_collection: inventory.name,
        mapping: {
          product: { from: "sku", lookup: { collection: products.name, field: "sku" } },
          in_stock: { from: "qty", required: true },
        },
        timezone: "UTC",
        on_missing: "mark",
        options: {
          source: { rows_path: "$", auth: { kind: "bearer", token: "${ERP_INVENTORY_TOKEN}" } },
          diff: { on_duplicate: "last" },
          mark: { fields: { is_discontinued: true, discontinued_at: "@now" } },
          push: { touch_field: "last_synced_at" },
          run: { max_minutes: 30 },
        },
      }),
    );
  },
  (app) => {
    if (app.hasTable("sync_settings")) {
      for (const stream of app.findAllRecords("sync_settings", $dbx.hashExp({ name: STREAM }))) {
        app.delete(stream);
      }
    }
    // Business data is never ours to delete: a collection goes only if this migration made it, nobody changed it since or
    // relates to it, and it is empty.
    for (const name of ["inventory", "products"]) {
      const asMade = new DynamicModel({ count: 0 });
      app
        .db()
        .newQuery(
          `SELECT count(*) AS count FROM _collections WHERE name = {:name}
             AND EXISTS (SELECT 1 FROM json_each(fields) WHERE value ->> 'id' = {:madeHere})
             AND unixepoch(updated, 'subsec') - unixepoch(created, 'subsec') < 0.05
             AND NOT EXISTS (SELECT 1 FROM _collections c, json_each(c.fields) f
                              WHERE c.id <> _collections.id AND c.type <> 'view' AND f.value ->> 'collectionId' = _collections.id)`,
        )
        .bind({ name, madeHere: MADE_HERE })
        .one(asMade);
      if (asMade.count === 1 && app.countRecords(name) === 0) {
        app.delete(app.findCollectionByNameOrId(name));
      }
    }
  },
);
