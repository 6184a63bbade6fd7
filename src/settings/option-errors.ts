import { quote } from "./json-field";
import type { RuleSchema, SchemaError } from "./options-validator";
import { suggestion } from "./suggest";

/** What a person reads about the broken rules of the options schema, one text for each bad value or name. */
export function schemaErrorTexts(errors: SchemaError[]): string[] {
  const wrongType = new Set(errors.filter((error) => error.keyword === "type").map((error) => error.instancePath));
  return errors
    .filter((error) => error.keyword === "type" || !wrongType.has(error.instancePath))
    .map(schemaErrorText)
    .filter((text) => text !== "");
}

/** "" when another error says the same. */
function schemaErrorText(error: SchemaError): string {
  const path = optionPath(error.instancePath);
  if (error.propertyName !== undefined) return `${path}: ${quote(error.propertyName)} cannot be a name there`;
  switch (error.keyword) {
    case "additionalProperties": {
      const unknown = String(error.params.additionalProperty);
      return `${path}.${unknown}: unknown option${suggestion(unknown, Object.keys(error.parentSchema.properties ?? {}))}`;
    }
    case "propertyNames":
      return "";
    default:
      return valueErrorText(path, error);
  }
}

function valueErrorText(path: string, error: SchemaError): string {
  const schema = error.parentSchema;
  if (schema.writeOnly) return secretText(path, schema);
  const shown = mayHoldSecret(path) ? "the value" : quote(error.data);
  switch (error.keyword) {
    case "type":
      return `${path}: ${shown} is not ${typeText(schema)}${rangeText(schema)}`;
    case "minimum":
    case "maximum":
      return `${path}: ${shown} is out of range${rangeText(schema)}`;
    case "enum": {
      const known = schema.enum ?? [];
      return `${path}: ${shown} is not one of ${known.join(", ")}`;
    }
    case "minItems":
    case "maxItems":
      return `${path}: the list has ${Array.isArray(error.data) ? error.data.length : 0} entries (expected 1 to 20)`;
    default:
      return `${path}: ${shown} does not fit (expected something like ${quote(schema.examples?.[0])})`;
  }
}

/** The sentence for a secret; it never quotes what was given. */
function secretText(path: string, schema: RuleSchema): string {
  return (
    `${path} must be an environment reference such as ${String(schema.examples?.[0])}, ` +
    "so that it stays out of the database"
  );
}

function optionPath(pointer: string): string {
  const names = pointer.split("/").slice(1);
  return ["options", ...names.map((name) => name.replace(/~1/g, "/").replace(/~0/g, "~"))].join(".");
}

function mayHoldSecret(path: string): boolean {
  return /^options\.source\.(auth|headers|query)(\.|$)/.test(path) && path !== "options.source.auth.kind";
}

const typeNames: Record<string, string> = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
  null: "null",
};

function typeText(schema: RuleSchema): string {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? ""];
  return types.map((type) => typeNames[type] ?? type).join(" or ");
}

function rangeText(schema: RuleSchema): string {
  if (schema.minimum === undefined || schema.maximum === undefined) return "";
  return ` (expected ${schema.minimum} to ${schema.maximum})`;
}
