import type { Page } from "playwright-core";

/** Enough for every page; without an end, a focus that is trapped would never be noticed. */
const MOST_TABS = 60;

/** The name of what has the focus, as a screen reader would say it; "" when nothing has it. */
export async function focused(page: Page): Promise<string> {
  const [name = ""] = await page
    .locator(":focus")
    .evaluateAll((elements) => elements.map((each) => each.getAttribute("aria-label") ?? each.textContent.trim()));
  return name;
}

/** Presses Tab until this has the focus; fails with what had it on the way, and when the focus cannot be seen. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  while (passed.length < MOST_TABS) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (await isFocusHidden(page)) throw new Error(`"${now}" has the focus and does not show it`);
    if (now === name) return;
    passed.push(now);
  }
  throw new Error(`"${name}" cannot be reached with Tab, only: ${passed.join(", ")}`);
}

async function isFocusHidden(page: Page): Promise<boolean> {
  const styles = await page.locator(":focus").evaluateAll((elements) =>
    elements.map((each) => {
      const { outlineStyle, outlineWidth, boxShadow } = each.ownerDocument.defaultView.getComputedStyle(each);
      return { outlineStyle, outlineWidth, boxShadow };
    }),
  );
  return styles.some(
    ({ outlineStyle, outlineWidth, boxShadow }) =>
      (outlineStyle === "none" || outlineWidth === "0px") && boxShadow === "none",
  );
}
