import { signal } from "@preact/signals";

const KEY = "erp_dashboard_theme";
const CHOICES = ["system", "light", "dark"] as const;
export type Theme = (typeof CHOICES)[number];

export const theme = signal<Theme>(stored());
show(theme.value);

export function nextTheme(): void {
  const next = CHOICES[(CHOICES.indexOf(theme.value) + 1) % CHOICES.length] ?? "system";
  theme.value = next;
  localStorage.setItem(KEY, next);
  show(next);
}

function stored(): Theme {
  const text = localStorage.getItem(KEY);
  return CHOICES.find((choice) => choice === text) ?? "system";
}

function show(choice: Theme): void {
  if (choice === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}
