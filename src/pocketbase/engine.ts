import { lookAt } from "../alerts/look";
import { findRun } from "../operate/runs";
import type { Engine } from "../sync/engine";
import type { Progress, Transport } from "../sync/ports";
import { announce } from "./announce";
import { archiveStore } from "./archive";
import { courier } from "./courier";
import { curlTransport, hasCurl } from "./curl";
import { PocketBaseStore } from "./db";
import { saveFinishedRun } from "./finished-run";
import { liveBoard } from "./live";
import { makeLog } from "./log";
import { makeLookup } from "./lookup";
import { processTable } from "./process";
import { changesIfPushed } from "./record-changes";
import { countDuration, durationsOf } from "./run-durations";
import { httpTransport } from "./send";
import { signals } from "./signals";
import { openSpool } from "./spool";
import { recordsTarget, targetShape } from "./target";
import { makeZonedToUtc, offsetAt, timezoneError } from "./zone";

const DEFAULT_LEASE_SECONDS = 60;
/** A lease that ends much later is taken for one of a wrong clock. */
const LONGEST_LEASE_SECONDS = 3600;
const ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** The engine with everything it needs from the running PocketBase. */
export function liveEngine(progress: Progress = () => undefined): Engine {
  const log = makeLog();
  const engine: Engine = {
    store: new PocketBaseStore($app, log),
    clock: () => Date.now(),
    sleep: (ms) => sleep(ms),
    newId: () => $security.randomStringWithAlphabet(15, ID_ALPHABET),
    random: () => Math.random(),
    hash: {
      md5: $security.md5,
      sha256: $security.sha256,
      byteLength: (text) => toBytes(text).length,
    },
    log,
    process: processTable(),
    signals,
    progress,
    live: liveBoard,
    getenv: (name) => $os.getenv(name),
    signJwt: (claims, secret, seconds) =>
      $security.createJWT({ iat: Math.floor(Date.now() / 1000), ...claims }, secret, seconds),
    get transports() {
      return transports();
    },
    openSpool,
    archive: archiveStore,
    recordsTarget,
    targetShape,
    changesIfPushed,
    announce,
    courier,
    runDurations: durationsOf,
    runEnded: (stream, runId) => {
      countDuration(stream, (findRun(engine.store, runId)?.duration_ms ?? 0) / 1000);
      saveFinishedRun(log, runId);
      lookAt(engine, stream);
    },
    triggerSkipped: (stream) => lookAt(engine, stream),
    zonedToUtc: makeZonedToUtc(),
    offsetAt,
    timezoneError,
    lookup: makeLookup(),
    leaseSeconds: leaseSeconds(),
  };
  return engine;
}

function transports(): Transport[] {
  return hasCurl() ? [curlTransport, httpTransport] : [httpTransport];
}

function leaseSeconds(): number {
  const seconds = Number($os.getenv("ERP_LEASE_SECONDS"));
  return seconds >= 1 && seconds <= LONGEST_LEASE_SECONDS ? seconds : DEFAULT_LEASE_SECONDS;
}
