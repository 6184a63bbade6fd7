import { HttpResponse, http, type RequestHandler } from "msw";
import type { Factory } from "./factory";
import type { Fault, FaultLine } from "./faults";

interface Command {
  /** Let this many hours pass. */
  tick?: number;
  /** Let this fault strike the next request (or `times` requests). */
  fault?: Fault;
  times?: number;
  /** Give this row a quantity that is not a number. */
  breakRow?: number;
}

/** `POST /__control` with a JSON command: changes the factory from another process, as the demo and its visitors do. */
export function controlHandlers(factory: Factory, faults: FaultLine): RequestHandler[] {
  return [
    http.post("*/__control", async ({ request }) => {
      const command = (await request.json()) as Command;
      for (let n = 0; n < (command.tick ?? 0); n++) factory.tick();
      if (command.breakRow !== undefined) factory.breakRow(command.breakRow);
      if (command.fault !== undefined) faults.add(command.fault, command.times);
      return HttpResponse.json({ rows: factory.rows().length });
    }),
  ];
}
