import { expect, it } from "vitest";
import { SeededRandom } from "../erp/random";
import { type ErpRow, groupOf, keyOf } from "../erp/row";
import { Killer } from "./crash/killer";
import { expectRecovered } from "./crash/recovery";
import { Storm } from "./crash/storm";
import { Factory, type PocketBaseServer, startErp, startPocketBase } from "./harness";

/** Set CHAOS_SEED to repeat a run; the machine's own timing still differs. */
const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
/** How often each phase is hit, by each of the two transports. */
const HITS = 2;
const TICK_HITS = 2;
const MOST_KILLS = 70;
/** After so many kills the ERP holds still for one run, so that no later one can hide what went wrong. */
const LOOK_EVERY = 8;

async function start(factory: Factory) {
  const erp = await startErp({ factory });
  const server = await startPocketBase({ erpUrl: erp.url, env: { ERP_LEASE_SECONDS: "3600" } });
  const { options } = await server.settings();
  const patch = { ...options, diff: { max_shrink_percent: 100 } };
  await server.updateSettings({ schedule: "", on_missing: "delete", options: patch });
  return { erp, server };
}

/** One run that nobody disturbs. */
async function quietRun(server: PocketBaseServer): Promise<void> {
  const run = await server.runSync();
  expect(["succeeded", "partial"], run.error).toContain(run.status);
}

it("loses nothing and repeats nothing, whenever it is killed", { timeout: 900_000 }, async () => {
  const random = new SeededRandom(SEED);
  const factory = new Factory({ seed: SEED, rows: 1200 });
  const { erp, server } = await start(factory);
  const storm = new Storm(factory, random);
  const killer = new Killer(server, erp, random);

  for (const aim of ["any", "ingest", "drain"] as const) await killer.strike(aim);
  await quietRun(server);
  await expectRecovered(server, factory.rows());

  const lines = factory.rows().map(groupOf);
  const alone = lines.findIndex((line, at) => lines.indexOf(line) === at && lines.lastIndexOf(line) === at);
  const { before: good, after: bad } = factory.breakRow(alone);
  storm.shelter(bad);
  const asPushed = (): ErpRow[] => factory.rows().map((row) => (keyOf(row) === keyOf(bad) ? good : row));
  const look = async () => {
    storm.calm();
    await quietRun(server);
    await expectRecovered(server, asPushed(), { raw: factory.rows(), quarantined: 1 });
  };

  const isShort = () => killer.short(HITS).length > 0 || killer.ticks < TICK_HITS;
  for (let since = 0; isShort() && killer.kills < MOST_KILLS; since++) {
    const [short, ...others] = killer.short(HITS);
    const aim = short === undefined ? "drain" : random.chance(0.2) ? "any" : random.pick([short, ...others]);
    storm.blow(aim === "ingest" || aim === "drain" ? 0.3 : 0.02);
    if (aim === "finish" || since % LOOK_EVERY === 0) await look();
    await killer.strike(aim);
    if (aim === "drain" && killer.ticks < TICK_HITS) await killer.strikeTick();
  }
  console.log(`CHAOS_SEED=${SEED}: ${killer.report()}`);
  expect(isShort(), `too few hits; ${killer.report()}`).toBe(false);

  await look();
  factory.changeRow((row) => keyOf(row) === keyOf(bad), good);
  await quietRun(server);
  await expectRecovered(server, factory.rows());
  expect(await server.runSync()).toMatchObject({ status: "succeeded", rows_unchanged: factory.rows().length });
});
