import type { Route } from "../model/route";
import { Page } from "../parts/page";
import { Empty } from "../parts/states";
import { AlertsPage } from "./alerts";
import { DryRunPage } from "./dry-run";
import { HeldPage } from "./held";
import { JobPage } from "./job";
import { JobsPage } from "./jobs";
import { QuarantinePage } from "./quarantine";
import { QuarantinedPage } from "./quarantined";
import { RowPage } from "./row";
import { RowsPage } from "./rows";
import { RunPage } from "./run";
import { RunsPage } from "./runs";
import { StreamPage } from "./stream";
import { StreamsPage } from "./streams";
import { TestPage } from "./test";
import { VerifyPage } from "./verify";

/** The page of a route. */
export function pageOf({ path, query }: Route) {
  const [place = "", first = "", second = ""] = path;
  switch (first === "" ? place : `${place}/`) {
    case "":
      return <StreamsPage />;
    case "alerts":
      return <AlertsPage query={query} />;
    case "stream/":
      return <StreamPage key={first} name={first} query={query} />;
    case "runs":
      return <RunsPage query={query} />;
    case "run/":
      return <RunPage key={first} id={first} query={query} />;
    case "jobs":
      return <JobsPage query={query} />;
    case "job/":
      return <JobPage key={first} id={first} />;
    case "quarantine":
      return <QuarantinePage query={query} />;
    case "quarantine/":
      return <QuarantinedPage key={first} id={first} />;
    case "rows":
      return <RowsPage query={query} />;
    case "row/":
      return <RowPage key={`${first} ${second}`} stream={first} erpId={second} query={query} />;
    case "held/":
      return <HeldPage key={first} stream={first} query={query} />;
    case "dry-run/":
      return <DryRunPage key={first} stream={first} />;
    case "verify/":
      return <VerifyPage key={first} stream={first} />;
    case "test":
    case "test/":
      return <TestPage key={first} stream={first} />;
    default:
      return <UnknownPage />;
  }
}

function UnknownPage() {
  return (
    <Page title="No such page">
      <Empty title="This link leads nowhere">
        It may be cut off, or from another version. <a href="#/">See the streams</a>
      </Empty>
    </Page>
  );
}
