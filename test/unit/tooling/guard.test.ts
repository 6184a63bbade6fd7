import { expect, test } from "vitest";
import { guardEntry } from "../../../scripts/build/guard.mjs";

const engine = "require(`$" + "{__hooks}/erp_sync/engine.js`)";

const good: Record<string, string> = {
  "one line per handler": `cronAdd("erp_worker", "* * * * *", () => ${engine}.tick());`,
  "a route with PocketBase's own middlewares": `routerAdd("GET", "/api/erp/status", (e) => ${engine}.onStatus(e), $apis.requireSuperuserAuth(), $apis.skipSuccessActivityLog());`,
  "a route with an own middleware": `routerAdd("GET", "/x", (e) => e.next(), (e) => e.next(), new Middleware((e) => e.next(), 10, "ours"));`,
  "routerUse with a function": `routerUse((e) => e.next());`,
  "an event with tags": `onRecordUpdateRequest((e) => ${engine}.onSettingsUpdate(e), "sync_settings");`,
  "a handler with its own variables and inner functions": `onBootstrap((e) => {
     const { a, b: renamed } = e as { a: number; b: number };
     function add(one: number) { return one + renamed + arguments.length; }
     const shorthand = { a };
     outer: for (const each of [1]) { if (add(each)) break outer; }
     class Thing { value = 1; read() { return this.value; } }
     try { e.next(); } catch (error) { console.log(error, shorthand, new Thing(), JSON.stringify(undefined)); }
   });`,
  "a handler in parentheses with a cast": `onTerminate(((e) => e.next()) as (e: unknown) => void);`,
  "type imports, interfaces and types": `import type { A } from "./a";
     interface B { a: A }
     type C = B;
     declare const nothing: C;
     onTerminate((e: B) => { const local: C = e; return local; });`,
  "a console command that closes over things": `$app.rootCmd.addCommand(new Command({ use: "erp", runE: (cmd, args) => { anything(cmd, args); } }));`,
  "a console command that the engine makes": `$app.rootCmd?.addCommand(${engine}.consoleCommand());`,
  "esbuild's directive": `"use strict";\nonTerminate((e) => e.next());`,
};

test.each(Object.entries(good))("lets pass: %s", (_, text) => {
  expect(guardEntry(text, "entry.ts")).toEqual([]);
});

const bad: Record<string, [text: string, line: number, message: RegExp]> = {
  "a statement that calls nothing": [
    `onTerminate((e) => e.next());\nroutePath;\n`,
    2,
    /^"routePath;" is no registration: the entry holds only calls of cronAdd/,
  ],
  "a handler kept in a variable": [
    `cronAdd("a", "* * * * *", tick);`,
    1,
    /handler of cronAdd is "tick", expected an arrow/,
  ],
  "a method": [`onTerminate(({ stop(e) { e.next(); } }).stop);`, 1, /handler of onTerminate is "\(\{ stop\(e\)/],
  "a bound function": [`onTerminate(((e) => e.next()).bind(null));`, 1, /handler of onTerminate is ".*\.bind\(null\)"/],
  "a function expression": [`onTerminate(function (e) { e.next(); });`, 1, /expected an arrow function/],
  "a missing handler": [`cronAdd("a", "* * * * *");`, 1, /handler of cronAdd is missing/],
  "a handler that reads the file's state": [
    `const limit = 5;\nonTerminate((e) => {\n  if (limit) e.next();\n});`,
    3,
    /handler of onTerminate uses "limit" from line 1, outside of it/,
  ],
  "a handler that reads state by shorthand": [`let a = 1;\nonTerminate((e) => ({ a }));`, 2, /uses "a" from line 1/],
  "a handler that uses an import": [
    `import { tick } from "./tick";\ncronAdd("a", "* * * * *", () => tick());`,
    2,
    /handler of cronAdd uses "tick" from line 1/,
  ],
  "a handler that uses one of esbuild's helpers": [
    `var __spreadValues = (a, b) => a;\nonTerminate((e) => __spreadValues({}, e));`,
    2,
    /uses "__spreadValues" from line 1/,
  ],
  "a global the VM lacks": [
    `onTerminate((e) => { setTimeout(() => e.next(), 1); });`,
    1,
    /"setTimeout", which PocketBase's VM/,
  ],
  "a refused global": [
    `onTerminate((e) => { process.exit(1); });`,
    1,
    /"process", PocketBase does not document it: use \$os/,
  ],
  "a variable set without being declared": [`onTerminate((e) => {\n  seen = 1;\n});`, 2, /uses "seen", which/],
  "an async handler": [`cronAdd("a", "* * * * *", async () => {});`, 1, /handler of cronAdd is async/],
  "an async function in a handler": [
    `onTerminate((e) => {\n  const f = async () => e.next();\n  f();\n});`,
    2,
    /is async/,
  ],
  "this from outside": [`onTerminate((e) => this.next(e));`, 1, /uses "this" from outside/],
  "arguments from outside": [`onTerminate((e) => arguments[0]);`, 1, /uses "arguments"/],
  "a bad middleware": [`routerUse(check);`, 1, /handler of routerUse is "check"/],
  "a bad function in new Middleware": [`routerUse(new Middleware(check, 1));`, 1, /handler of routerUse is "check"/],
  "an import that runs": [`import "./tick";`, 1, /"import ".\/tick";" runs at load time, expected "import type"/],
  "an import of types that is not marked": [`import { type A } from "./a";`, 1, /expected "import type"/],
  state: [`const a = 1;`, 1, /"const a = 1;" is no registration/],
  "a function": [`function tick() {}`, 1, /is no registration/],
  "an enum": [`enum Kind { A }`, 1, /is no registration/],
  "an export": [`export {};`, 1, /is no registration/],
  "a condition": [`if ($app.isDev()) { cronAdd("a", "* * * * *", () => {}); }`, 1, /is no registration/],
  "another call": [`console.log("loaded");`, 1, /"console.log" is no registration/],
};

test.each(Object.entries(bad))("refuses %s", (_, [text, line, message]) => {
  const problems = guardEntry(text, "entry.ts");
  expect(problems).toContainEqual({ file: "entry.ts", line, message: expect.stringMatching(message) });
});

test("says where a file that does not parse is broken", () => {
  expect(() => guardEntry("onTerminate((e) => {\n", "entry.ts")).toThrow(/^entry\.ts:2: '}' expected/);
});
