import { signal } from "@preact/signals";
import { parseHash, type Route } from "./model/route";

export const route = signal<Route>(parseHash(location.hash));

addEventListener("hashchange", () => {
  route.value = parseHash(location.hash);
});

export function goTo(link: string): void {
  location.hash = link.slice(1);
}

/** The same page with another filter; the way back leads past it. */
export function replaceLink(link: string): void {
  history.replaceState(null, "", link);
  route.value = parseHash(link);
}
