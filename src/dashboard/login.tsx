import { ClientResponseError } from "pocketbase";
import { useEffect, useRef, useState } from "preact/hooks";
import { UNREACHABLE } from "./api";
import { Problem } from "./parts/states";
import { loggedOutBecause, logIn } from "./session";

/** Superusers only. Once in, the page opens that was asked for. */
export function Login() {
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = "Log in · ERP sync";
    first.current?.focus();
  }, []);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setError("");
    try {
      await logIn(String(form.get("email")), String(form.get("password")));
    } catch (reason) {
      setError(sentenceOf(reason));
      setBusy(false);
    }
  };
  return (
    <main class="login" id="main">
      <form class="card" onSubmit={submit}>
        <h1>ERP sync</h1>
        <p class="muted">Log in with a superuser of this PocketBase.</p>
        {loggedOutBecause.value !== "" && <p class="note tone-info">{loggedOutBecause.value}</p>}
        {error !== "" && <Problem text={error} />}
        <label>
          Email
          <input ref={first} name="email" type="email" autoComplete="username" required />
        </label>
        <label>
          Password
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <button type="submit" class="primary" disabled={busy}>
          {busy ? "Logging in …" : "Log in"}
        </button>
      </form>
    </main>
  );
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof ClientResponseError)) return String(error);
  if (error.status === 0) return UNREACHABLE;
  if (error.status === 429) return "Too many attempts. Wait a minute and try again.";
  if (error.response.mfaId) {
    return "This account asks for a second factor. Log in to the admin UI at /_/ first; this page then knows you too.";
  }
  return "Email or password is wrong. It has to be a superuser, as for the admin UI.";
}
