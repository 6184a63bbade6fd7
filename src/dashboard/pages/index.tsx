import type { Route } from "../model/route";
import { Page } from "../parts/page";
import { Empty } from "../parts/states";
import { StreamsPage } from "./streams";

/** The page of a route. */
export function pageOf({ path, query }: Route) {
  const [place = "", first = "", second = ""] = path;
  void query;
  void first;
  void second;
  switch (place) {
    case "":
      return <StreamsPage />;
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
