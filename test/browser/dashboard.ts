import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import type { PocketBaseServer } from "../integration/harness";
import { openPage } from "./browser";
import { watchPage } from "./watch";

export interface DashboardOptions {
  /** What stands behind the # at first. */
  path?: string;
  colors?: "light" | "dark";
  /** The narrowest phone still sold. */
  isPhone?: boolean;
  /** Show the login instead of being logged in. */
  isLoggedOut?: boolean;
}

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };

/** The dashboard at `/erp`, with a superuser logged in as the admin UI would have done it. */
export class Dashboard {
  /** What must not happen on any page; see watchPage. */
  readonly complaints: string[];

  private constructor(
    readonly page: Page,
    private readonly origin: string,
  ) {
    this.complaints = watchPage(page, origin);
  }

  static async open(server: PocketBaseServer, options: DashboardOptions = {}): Promise<Dashboard> {
    const { path = "/", colors = "light", isPhone = false, isLoggedOut = false } = options;
    const page = await openPage({
      colorScheme: colors,
      viewport: isPhone ? PHONE : DESK,
      reducedMotion: "reduce",
      ...(!isLoggedOut && { storageState: loginOf(server) }),
    });
    const dashboard = new Dashboard(page, server.url);
    await dashboard.show(path);
    return dashboard;
  }

  /** Opens the page of a path, such as `/runs`, and waits until it is there. */
  async show(path: string): Promise<void> {
    await this.page.goto(`${this.origin}/erp/#${path}`);
    await this.settled();
  }

  /** The heading is there and nothing is loading any more. */
  readonly settled = async (): Promise<void> => {
    await this.page.getByRole("heading", { level: 1 }).waitFor();
    await this.page.locator(".loading").first().waitFor({ state: "detached" });
  };

  readonly button = (name: string): Locator => this.page.getByRole("button", { name, exact: true });

  readonly link = (name: string): Locator => this.page.getByRole("link", { name, exact: true });

  readonly dialog = (title: string): Locator => this.page.getByRole("dialog", { name: title });

  /** What is told at the edge of the page: what came of an action. */
  readonly notice = (text: string | RegExp): Locator =>
    this.page.getByRole("region", { name: "Notices" }).getByText(text);
}

/** The login as PocketBase's own client keeps it for the admin UI. */
function loginOf({ pb, url }: PocketBaseServer): NonNullable<BrowserContextOptions["storageState"]> {
  const { token, record } = pb.authStore;
  const kept = { name: "__pb_superusers__/_", value: JSON.stringify({ token, record }) };
  return { cookies: [], origins: [{ origin: url, localStorage: [kept] }] };
}
