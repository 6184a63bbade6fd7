import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Audience,
  type Due,
  dueWhenArrived,
  dueWhenClosed,
  dueWhenOpened,
  dueWhenReopened,
  stepOf,
} from "../../../src/alerts/episodes";

describe("stepOf", () => {
  it.each([
    ["nothing", false, "off"],
    ["nothing", false, "same"],
    ["open", false, "on"],
    ["still", true, "on"],
    ["nothing", true, "same"],
    ["close", true, "off"],
  ] as const)("%s when open is %s and the condition %s", (step, isOpen, state) => {
    expect(stepOf(isOpen, { state })).toBe(step);
  });
});

describe("dueWhenClosed", () => {
  const told = { due: "" as Due, partly: false, notified: true };
  const all: Audience = { hasChannels: true, muted: false };
  it.each<[string, Due, Partial<typeof told>, Partial<Audience>]>([
    ["who was told gets an all-clear", "closed", {}, {}],
    ["nobody was told", "", { notified: false }, {}],
    [
      "the beginning has not arrived yet: it says itself that it is over",
      "opened",
      { due: "opened", notified: false },
      {},
    ],
    ["the beginning has arrived in one of two places", "closed", { due: "opened", partly: true, notified: false }, {}],
    ["it is muted", "", {}, { muted: true }],
    ["there is nobody any more", "", {}, { hasChannels: false }],
  ])("%s (%s)", (_, due, telling, audience) => {
    expect(dueWhenClosed({ ...told, ...telling }, { ...all, ...audience })).toBe(due);
  });
});

describe("dueWhenReopened", () => {
  it.each<[string, Due | null, Due, boolean]>([
    ["all was told: a new episode", null, "", false],
    ["the all-clear was not sent: it goes on", "", "closed", false],
    ["the all-clear has arrived somewhere: a new episode", null, "closed", true],
    ["not even its beginning was sent: that is due", "opened", "opened", false],
  ])("%s (%s)", (_, expected, due, partly) => {
    expect(dueWhenReopened({ due, partly, notified: true })).toBe(expected);
  });
});

type Event = "on" | "off" | "same" | "take" | "arrive" | "fail";
type Said = "begun" | "over";

interface Episode {
  open: boolean;
  due: Due;
  notified: boolean;
}

/** One stream and kind as sync_alerts and the delivery treat them; a message is on the way from take to arrive or fail. */
class Model {
  readonly said: Said[] = [];
  /** The records that were made, the newest last. */
  private readonly episodes: Episode[] = [];
  private onTheWay: { of: Episode; saysOver: boolean } | null = null;

  apply(event: Event): void {
    if (event === "take") this.take();
    else if (event === "arrive" || event === "fail") this.end(event);
    else this.see(event);
  }

  isOpen(): boolean {
    return this.newest()?.open ?? false;
  }

  private newest() {
    return this.episodes[this.episodes.length - 1];
  }

  private see(state: "on" | "off" | "same"): void {
    const newest = this.newest();
    const step = stepOf(this.isOpen(), { state });
    if (step === "open") {
      const due = newest ? dueWhenReopened({ ...newest, partly: false }) : null;
      if (newest && due !== null) Object.assign(newest, { open: true, due });
      else this.episodes.push({ open: true, due: dueWhenOpened(everybody), notified: false });
    } else if (step === "close" && newest) {
      newest.open = false;
      newest.due = dueWhenClosed({ ...newest, partly: false }, everybody);
    }
  }

  private take(): void {
    const of = this.episodes.find(({ due }) => due !== "");
    if (of && !this.onTheWay) this.onTheWay = { of, saysOver: !of.open };
  }

  private end(how: "arrive" | "fail"): void {
    const message = this.onTheWay;
    this.onTheWay = null;
    if (!message || how === "fail") return;
    this.said.push(message.saysOver ? "over" : "begun");
    message.of.notified = true;
    message.of.due = dueWhenArrived(message.saysOver, !message.of.open, false);
  }
}

const everybody: Audience = { hasChannels: true, muted: false };
const events = fc.array(fc.constantFrom<Event>("on", "off", "same", "take", "arrive", "fail"), { maxLength: 80 });

function happening(all: Event[]): Model {
  const model = new Model();
  for (const event of all) model.apply(event);
  return model;
}

describe("the messages of one kind, whatever happens while they are on the way", () => {
  it("never say twice in a row that it began", () => {
    fc.assert(
      fc.property(events, (all) => {
        const { said } = happening(all);
        said.forEach((each, at) => {
          if (each === "begun") expect(said[at - 1]).not.toBe("begun");
        });
      }),
      { numRuns: 3000 },
    );
  });

  it("say all clear at most once after each beginning", () => {
    fc.assert(
      fc.property(events, (all) => {
        // "over" without a beginning before it is one message that tells both.
        const { said } = happening([...all, "arrive"]);
        const begun = said.filter((each) => each === "begun").length;
        const ends = said.filter((each, at) => each === "over" && said[at - 1] === "begun").length;
        expect(ends).toBeLessThanOrEqual(begun);
        expect(ends).toBeGreaterThanOrEqual(begun - 1);
      }),
      { numRuns: 3000 },
    );
  });

  it("leave everybody with the truth once they arrive", () => {
    fc.assert(
      fc.property(events, (all) => {
        const model = happening([...all, "arrive", "take", "arrive", "take", "arrive"]);
        const last = model.said[model.said.length - 1];
        if (model.isOpen()) expect(last).toBe("begun");
        else expect(last).not.toBe("begun");
      }),
      { numRuns: 3000 },
    );
  });
});
