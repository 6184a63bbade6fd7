import type { Options } from "./options";

/** The part of a schema that error texts are made from. */
export interface RuleSchema {
  type?: string | string[];
  enum?: string[];
  minimum?: number;
  maximum?: number;
  examples?: unknown[];
  properties?: Record<string, RuleSchema>;
  /** True: the value is a secret and must not be shown. */
  writeOnly?: boolean;
}

/** One broken rule (Ajv's error object, as far as it is used here). */
export interface SchemaError {
  /** JSON pointer to the value, "" for the whole. */
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
  parentSchema: RuleSchema;
  /** The value that broke the rule; for propertyNames the name. */
  data: unknown;
  /** Set when the rule is about the name of a property. */
  propertyName?: string;
}

/** True when the value fits options.schema.json. Fills in defaults in place, and sets `errors` on itself. */
declare const validate: ((value: unknown) => value is Options) & { errors: SchemaError[] | null };
export default validate;
