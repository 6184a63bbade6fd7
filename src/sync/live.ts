import type { Engine } from "./engine";

/** How a run in progress is getting on, for people who watch it. */
export interface LiveProgress {
  run: string;
  stage: string;
  done: number;
  /** 0 where nobody knows. */
  total: number;
}

/** Where runs of this process tell how they get on; nothing of it is stored. */
export interface LiveBoard {
  /** null: nothing is in progress any more. */
  put(stream: string, progress: LiveProgress | null): void;
  get(stream: string): LiveProgress | null;
}

/** A change of stage is told at once, anything else this often, in ms. */
const TELL_EVERY_MS = 500;

/**
 * The engine for one run: what it tells of its progress is shown to those who watch. Bytes, rows and jobs come by the
 * thousand, so most of it is left out.
 */
export function watched(engine: Engine, stream: string, run: string): Engine {
  let shown = "";
  let next = 0;
  const progress: Engine["progress"] = (stage, done, total) => {
    engine.progress(stage, done, total);
    const now = engine.clock();
    if (stage === shown && now < next) return;
    shown = stage;
    next = now + TELL_EVERY_MS;
    engine.live.put(stream, { run, stage, done, total });
  };
  return Object.assign(Object.create(engine) as Engine, { progress });
}
