import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import { parse } from "yaml";

type Schema = Record<string, unknown>;

export interface Operation {
  operationId: string;
  /** Set where the route is not for superusers, or not only. */
  security?: unknown[];
  parameters?: ({ $ref: string } | { name: string; in: string })[];
  requestBody?: unknown;
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: Schema }> }>;
}

export interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Schema>;
    responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
    parameters: Record<string, { name: string; in: string }>;
  };
}

export function readOpenApi(): OpenApi {
  return parse(readFileSync(join(import.meta.dirname, "../docs/openapi.yaml"), "utf8")) as OpenApi;
}

/** Every operation, as "GET /api/erp/status". */
export function documentedOperations(document: OpenApi): string[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

const validators = new Map<string, (text: string) => string[]>();

/**
 * Says what of an answer the document does not say; nothing when all is well. Stricter than the document: every object
 * whose fields it lists may have only those, so that a new field cannot be forgotten.
 */
export function validatorFor(document: OpenApi, operation: string, status: number, type: string) {
  const key = `${operation} ${status} ${type}`;
  const known = validators.get(key) ?? compile(document, operation, status, type);
  validators.set(key, known);
  return known;
}

function compile(document: OpenApi, operation: string, status: number, type: string): (text: string) => string[] {
  const [method = "", path = ""] = operation.split(" ");
  const described = document.paths[path]?.[method.toLowerCase()]?.responses[String(status)];
  if (!described) return () => [`docs/openapi.yaml has no answer ${status} for ${operation}`];
  const name = described.$ref?.split("/").at(-1) ?? "";
  const { content } = described.$ref ? (document.components.responses[name] ?? {}) : described;
  const media = Object.keys(content ?? {}).find((each) => type.startsWith(each));
  if (!media) return () => [`docs/openapi.yaml has no answer ${status} of type "${type}" for ${operation}`];
  if (media !== "application/json") return () => [];
  const validate = compileSchema(document, content?.[media]?.schema ?? {});
  return (text) => {
    if (validate(JSON.parse(text))) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}

function compileSchema(document: OpenApi, schema: Schema): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, allowUnionTypes: true });
  ajv.addVocabulary(["components"]);
  return ajv.compile({ ...(closed(schema) as Schema), components: { schemas: closed(document.components.schemas) } });
}

/** The schema with every object closed that lists its fields, unless it says itself whether it is. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== "object" || value === null) return value;
  const copy: Schema = {};
  for (const [key, each] of Object.entries(value)) copy[key] = closed(each);
  const lists = copy.type === "object" && typeof copy.properties === "object";
  if (lists && copy.additionalProperties === undefined) copy.additionalProperties = false;
  return copy;
}
