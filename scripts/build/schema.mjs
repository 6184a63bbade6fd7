import { readFile } from "node:fs/promises";
import Ajv2020 from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import { transform } from "esbuild";

const schemaFile = new URL("../../src/settings/options.schema.json", import.meta.url);

const banner = `// Generated from options.schema.json by scripts/build/schema.mjs. DO NOT EDIT.
// biome-ignore-all lint: generated
// biome-ignore-all format: generated
// biome-ignore-all assist: generated
`;

/**
 * The text of src/settings/options-validator.js: a validator without Ajv's runtime, which goja could not load.
 * It also fills in defaults. Throws when the schema needs a part of that runtime.
 * @returns {Promise<string>}
 */
export async function generateValidator() {
  const schema = JSON.parse(await readFile(schemaFile, "utf8"));
  const ajv = new Ajv2020({
    allErrors: true,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true },
    messages: false,
    strict: true,
    unicodeRegExp: false,
    useDefaults: true,
    verbose: true,
  });
  const { code } = await transform(standaloneCode(ajv, ajv.compile(schema)), {
    charset: "utf8",
    format: "esm",
    sourcefile: "options-validator.js",
  });
  if (/\brequire\(|\bnew Function\b/.test(code)) {
    throw new Error(
      "options.schema.json uses a keyword whose code needs Ajv's runtime (minLength, maxLength, uniqueItems, format, " +
        "enum of objects …), which does not load inside PocketBase: say it with pattern, or check it in src/settings/",
    );
  }
  return banner + code;
}

/**
 * What is generated from the schema: the validator and the schema's published copy.
 * @returns {Promise<Map<string, string>>} text by path from the root of the repository
 */
export async function generateSettings() {
  return new Map([
    ["src/settings/options-validator.js", await generateValidator()],
    ["docs/settings.schema.json", await readFile(schemaFile, "utf8")],
  ]);
}
