import { signal } from "@preact/signals";
import PocketBase, { LocalAuthStore, type RecordAuthResponse } from "pocketbase";

/** Where PocketBase is: the page is served at <there>/erp/. */
const base = new URL("..", location.href.replace(/[?#].*$/, "")).pathname;

/** The admin UI keeps its login under this name: who is logged in there is logged in here, and the other way round. */
const store = new LocalAuthStore(`__pb_superusers__${base}_`);

export const pb = new PocketBase(base, store);
pb.autoCancellation(false);

/** The superuser's address, "" when nobody is logged in. */
export const user = signal(currentUser());
/** Why somebody has to log in again, "" when nobody was thrown out. */
export const loggedOutBecause = signal("");

store.onChange(() => {
  user.value = currentUser();
});

function currentUser(): string {
  return store.isValid && store.isSuperuser ? String(store.record?.email ?? "superuser") : "";
}

export async function logIn(email: string, password: string): Promise<void> {
  await pb.collection("_superusers").authWithPassword(email, password);
  loggedOutBecause.value = "";
}

export function logOut(reason = ""): void {
  loggedOutBecause.value = reason;
  void pb.realtime.unsubscribe();
  store.clear();
}

/** A page left open for days would be thrown out in the middle of something. */
export async function keepLogin(): Promise<void> {
  if (user.value === "") return;
  try {
    const { token } = store;
    const path = "/api/collections/_superusers/auth-refresh";
    const fresh = await pb.send<RecordAuthResponse>(path, { method: "POST" });
    // Whoever has logged out meanwhile, here or in the admin UI, stays so.
    if (store.token === token) store.save(fresh.token, fresh.record);
  } catch {
    // Without a connection the token stays; a refused one is noticed by the next request.
  }
}

/** The admin UI's page of a record, or of a collection. */
export function adminLink(collection: string, record = ""): string {
  return `${base}_/#/collections?collection=${encodeURIComponent(collection)}${record ? `&record=${encodeURIComponent(record)}` : ""}`;
}
