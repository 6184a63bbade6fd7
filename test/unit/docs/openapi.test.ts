import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { actions } from "../../../src/operate/actions";
import { documentedOperations, type OpenApi, type Operation, readOpenApi } from "../../openapi";
import { OPEN_ROUTES, registeredRoutes } from "../../registered-routes";
import { aRun, streamFacts } from "../operate/stream-facts";
import { readPage } from "./pages";

const document: OpenApi = readOpenApi();
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, operation })),
);
const commands = actions({
  versions: () => ({ sync: "", pocketbase: "" }),
  openRules: () => [],
  transports: () => [],
} as unknown as Parameters<typeof actions>[0]);

/** Operations whose id is not that of their action, and what stands for it. */
const ACTION_OF: Record<string, string> = {
  dryRun: "sync",
  testConnection: "test-connection",
  testAlert: "test-alert",
  approveDeletes: "approve-deletes",
  replayFailed: "replay",
  saga: "job",
};
/** Options that an operation decides itself. */
const DECIDED: Record<string, string[]> = {
  dryRun: ["dry_run"],
  replayFailed: ["all", "failed", "from_archive", "older", "dry_run", "limit", "page"],
};

function parametersOf({ parameters = [] }: Operation): { name: string; in: string }[] {
  return parameters.map((each) => ("$ref" in each ? byReference(each.$ref) : each));
}

function byReference(reference: string): { name: string; in: string } {
  const found = document.components.parameters[reference.split("/").at(-1) ?? ""];
  if (!found) throw new Error(`docs/openapi.yaml has no ${reference}`);
  return found;
}

describe("docs/openapi.yaml", () => {
  it("is a valid OpenAPI 3.1 document", async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(readPage("docs/openapi.yaml").text);
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
    expect(validator.version).toBe("3.1");
  });

  it("has the version of the package", () => {
    const { version } = JSON.parse(readPage("package.json").text);
    expect((document as unknown as { info: { version: string } }).info.version).toBe(version);
  });

  it("has every route of the API and no other; CONTRIBUTING.md says how to add one", () => {
    const registered = registeredRoutes()
      .filter(({ path }) => path.startsWith("/api/"))
      .map(({ method, path }) => `${method} ${path}`);
    expect(documentedOperations(document).sort()).toEqual(registered.sort());
  });

  it("says of each route that is not for superusers only what it asks for", () => {
    const open = operations.filter(({ operation }) => operation.security !== undefined).map(({ name }) => name);
    expect(open.sort()).toEqual(OPEN_ROUTES.filter((route) => route.includes("/api/")).sort());
  });

  it.each(operations.filter(({ operation }) => operation.security === undefined && !operation.requestBody))(
    "$name takes the options of its action",
    ({ path, operation }) => {
      const { operationId: id } = operation;
      const action = commands.find(({ name }) => name === (ACTION_OF[id] ?? id));
      if (!action) throw new Error(`there is no action for the operation "${id}"`);
      const inPath = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = ""]) => name);
      const names = parametersOf(operation);
      expect(names.filter((each) => each.in === "path").map(({ name }) => name)).toEqual(inPath);
      const known = action.flags.map((flag) => flag.name.replace(/-/g, "_"));
      if (action.id !== "" && !inPath.includes("id")) known.push(action.id);
      if (action.stream !== "none" && inPath.length === 0) known.push("stream");
      const asked = names.filter((each) => each.in === "query" && each.name !== "wait").map(({ name }) => name);
      expect(asked.sort()).toEqual(known.filter((name) => !DECIDED[id]?.includes(name)).sort());
    },
  );

  it.each(operations)("$name tells who may not, and what it answers", ({ operation }) => {
    const codes = Object.keys(operation.responses);
    expect(codes.filter((code) => code === "200" || code === "202")).not.toEqual([]);
    if (operation.security === undefined) expect(codes).toEqual(expect.arrayContaining(["401", "403"]));
  });

  it.each<[string, object]>([
    ["Run", aRun()],
    ["StreamStatus", streamFacts().status],
  ])(
    "describes every field of %s; the other answers are held to it by test/integration/openapi.test.ts",
    (name, example) => {
      const schema = document.components.schemas[name] as { properties: object; required: string[] };
      expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(example).sort());
      expect([...schema.required].sort()).toEqual(Object.keys(example).sort());
    },
  );

  it("names each operation once and has no schema that nobody uses", () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const { text } = readPage("docs/openapi.yaml");
    const unused = Object.keys(document.components.schemas).filter((name) => !text.includes(`schemas/${name}"`));
    expect(unused).toEqual([]);
  });
});
