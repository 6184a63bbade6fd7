import { expect, it } from "vitest";
import { actions } from "../../../src/operate/actions";
import { metricFamilies } from "../../../src/operate/metric-families";
import { registeredRoutes } from "../../registered-routes";
import { streamFacts } from "../operate/stream-facts";
import { readPage, tableRows } from "./pages";

const page = readPage("docs/api.md");
const rows = tableRows(page);
const inCode = (cell = "") => Array.from(cell.matchAll(/`([^`]+)`/g), (match) => match[1] ?? "");

it("lists every route with its method, and no other", () => {
  const routes = registeredRoutes()
    .filter(({ path }) => path.startsWith("/api/erp/"))
    .map(({ method, path }) => [method, path]);
  const told = rows.filter((row) => row.route !== undefined).map((row) => [row.method, ...inCode(row.route)]);
  expect(routes.length).toBeGreaterThan(20);
  expect(told.sort()).toEqual(routes.sort());
});

it("lists every metric with its labels, and no other", () => {
  const facts = streamFacts({}, { errors: [{ stage: "push", type: "refused_by_target", rows: 1 }] });
  const metrics = metricFamilies([facts], 0).map(({ name, samples }) => [
    name,
    Object.keys(samples[0]?.labels ?? {}).filter((label) => label !== "stream"),
  ]);
  const told = rows.filter((row) => row.metric).map((row) => [inCode(row.metric)[0], inCode(row["more labels"])]);
  expect(told).toEqual(metrics);
});

it("names only options that the action has", () => {
  const options = new Set(
    actions({ versions: () => ({ sync: "", pocketbase: "" }), openRules: () => [], transports: () => [] }).flatMap(
      ({ id, flags }) => [id, ...flags.map((flag) => flag.name.replace(/-/g, "_"))],
    ),
  );
  const known = new Set([...options, "stream", "wait"]);
  const named = rows
    .filter((row) => row.route)
    .flatMap((row) => inCode((row["what it does"] ?? "").split("): ")[1] ?? ""));
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});
