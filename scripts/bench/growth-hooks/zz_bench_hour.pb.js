// The bench's own hook, served beside the sync: an hour of the stream, run and worked off as if it were another time.
// The worker of the real time would take such a lease for nonsense: its job is removed each time, as hooks load in any order.
routerAdd(
  "POST",
  "/bench/hour",
  (e) => {
    $app.cron().remove("erp_worker");
    const { stream, now } = e.requestInfo().body;
    const engine = require(`${__hooks}/erp_sync/engine.js`);
    const live = engine.liveEngine();
    const shift = Number(now) - live.clock();
    const shifted = Object.assign({}, live, { clock: () => live.clock() + shift });
    const trigger = { stream, trigger: "schedule", by: "bench", force: false, allowEmpty: false };
    const began = Date.now();
    const { runId } = engine.run(shifted, trigger);
    const ran = Date.now() - began;
    engine.tick(shifted, stream);
    return e.json(200, { run: runId, ms: ran, tick_ms: Date.now() - began - ran });
  },
  $apis.requireSuperuserAuth(),
);
