import { useSignalEffect } from "@preact/signals";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { happened } from "./live";

export interface Loaded<T> {
  /** What was loaded last; stays while it is loaded again and when that fails. */
  data: T | null;
  /** Why the newest attempt failed, "" when it did not. */
  error: string;
  loading: boolean;
  reload(): void;
}

interface Options {
  /** Also every so many ms, while the page is visible. */
  everyMs?: number;
  /** Also when a run began or ended and when settings were saved. */
  live?: boolean;
}

/** Loads when the page opens and whenever `key` changes; an answer that comes too late is dropped. */
export function useLoaded<T>(
  key: string,
  load: () => Promise<T>,
  { everyMs = 0, live = false }: Options = {},
): Loaded<T> {
  const [state, setState] = useState<{ key: string; data: T | null; error: string; loading: boolean }>({
    key,
    data: null,
    error: "",
    loading: true,
  });
  const newest = useRef(0);
  const loadNow = useRef(load);
  loadNow.current = load;
  const reload = useCallback(() => {
    const mine = ++newest.current;
    setState((before) =>
      before.key === key ? { ...before, loading: true } : { key, data: null, error: "", loading: true },
    );
    loadNow.current().then(
      (data) => mine === newest.current && setState({ key, data, error: "", loading: false }),
      (error) =>
        mine === newest.current && setState((before) => ({ ...before, error: String(error.message), loading: false })),
    );
  }, [key]);
  useEffect(() => {
    reload();
    return () => {
      newest.current++;
    };
  }, [reload]);
  useEffect(() => {
    if (everyMs === 0) return;
    const timer = setInterval(() => document.visibilityState === "visible" && reload(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, reload]);
  const seen = useRef(happened.peek());
  useSignalEffect(() => {
    if (happened.value === seen.current) return;
    seen.current = happened.value;
    if (live) reload();
  });
  const current = state.key === key ? state : { data: null, error: "", loading: true };
  return { data: current.data, error: current.error, loading: current.loading, reload };
}
