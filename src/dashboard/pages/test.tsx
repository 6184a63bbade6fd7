import { useState } from "preact/hooks";
import { act, inSentences } from "../api";
import { useLoaded } from "../loading";
import { type ConnectionForm, EMPTY_FORM, formOf, settingsOf } from "../model/connection-form";
import { linkTo } from "../model/route";
import { ConnectionFields } from "../parts/connection-fields";
import { Page } from "../parts/page";
import { SaveStream } from "../parts/save-stream";
import { Loading, Problem, Shown } from "../parts/states";
import { TestAnswer, type Tested } from "../parts/test-answer";
import { pb } from "../session";

interface Saved {
  name: string;
  source_url: string;
  from_date: string;
  options: unknown;
}

/** Asks an ERP once with settings that need not be saved; nothing is written. */
export function TestPage({ stream }: { stream: string }) {
  const back = stream === "" ? { href: "#/", label: "Streams" } : { href: linkTo(["stream", stream]), label: stream };
  return (
    <Page title={stream === "" ? "Test a connection" : `Test the connection of ${stream}`} back={back}>
      <p>
        Asks the ERP once and shows what came back. Nothing is stored. Secrets are not typed here: write the name of an
        environment variable of the server, such as <code>{"${ERP_TOKEN}"}</code>.
      </p>
      {stream === "" ? <TestForm initial={EMPTY_FORM} stream="" /> : <SavedForm stream={stream} />}
    </Page>
  );
}

function SavedForm({ stream }: { stream: string }) {
  const saved = useLoaded(`test ${stream}`, () =>
    inSentences(() =>
      pb.collection("sync_settings").getFirstListItem<Saved>(pb.filter("name = {:stream}", { stream })),
    ),
  );
  return <Shown of={saved}>{(record) => <TestForm initial={formOf(record)} stream={stream} />}</Shown>;
}

function TestForm({ initial, stream }: { initial: ConnectionForm; stream: string }) {
  const [form, setForm] = useState(initial);
  const [tested, setTested] = useState<Tested | null>(null);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const test = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setError("");
    setTested(null);
    try {
      setTested(await act<Tested>("test", { name: stream, ...settingsOf(form) }));
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : String(reason));
    }
    setBusy(false);
  };
  return (
    <>
      <form class="card form" onSubmit={test}>
        <ConnectionFields form={form} onChange={setForm} />
        <div class="actions">
          <button type="submit" class="primary" disabled={busy}>
            Test
          </button>
        </div>
      </form>
      {busy && <Loading text="Asking the ERP …" />}
      {error !== "" && <Problem text={error} />}
      {tested && <TestAnswer tested={tested} />}
      {tested?.ok && stream === "" && <SaveStream form={form} fields={Object.keys(tested.first_row ?? {})} />}
      {stream !== "" && tested && (
        <p class="sub">
          What you change here is only tested. To keep it, change the stream's settings in the admin UI.
        </p>
      )}
    </>
  );
}
