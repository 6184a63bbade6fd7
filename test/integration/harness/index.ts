/** What integration tests import. Everything started here ends with the test file. */
export { Factory } from "../../erp/factory";
export { atEndOfFile, killAtEnd } from "./cleanup";
export { differenceOf, erpRowsAsMultiset, expectSameRows, type Multiset, targetRowsAsMultiset } from "./compare";
export { EngineClient, STREAM, TARGET } from "./engine-client";
export { startErp } from "./erp";
export { hooksWith } from "./hooks";
export { type Child, cleanEnvironment, freePort, isAlive, type Outcome, startChild } from "./process";
export { REPOSITORY } from "./repository";
export { PocketBaseServer, type StartOptions, startPocketBase } from "./server";
export { pause, waitFor } from "./wait";
