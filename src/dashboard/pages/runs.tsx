import { Filters, SelectFilter, StreamFilter } from "../parts/filters";
import { Page } from "../parts/page";
import { RunsTable } from "../parts/runs-table";

const STATUSES = ["running", "succeeded", "partial", "failed", "stopped", "interrupted", "skipped"];

/** What ran lately, of all streams. */
export function RunsPage({ query }: { query: Record<string, string> }) {
  const choices = STATUSES.map((status) => ({ value: status, label: status }));
  return (
    <Page title="Runs">
      <Filters>
        <StreamFilter />
        <SelectFilter name="status" label="Status" choices={[{ value: "", label: "Every status" }, ...choices]} />
      </Filters>
      <RunsTable query={query} showStream />
    </Page>
  );
}
