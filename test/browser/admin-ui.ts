import type { Locator, Page } from "playwright-core";
import type { PocketBaseServer } from "../integration/harness";
import { SUPERUSER } from "../integration/harness/template";
import { openPage } from "./browser";

/** PocketBase's admin UI, with a superuser logged in. */
export async function openAdminUi(server: PocketBaseServer): Promise<Page> {
  const page = await openPage();
  await page.goto(`${server.url}/_/`);
  await page.getByLabel("Email").fill(SUPERUSER.email);
  await page.getByRole("textbox", { name: "Password" }).fill(SUPERUSER.password);
  await page.getByRole("button", { name: "Login" }).click();
  await page.getByRole("button", { name: "sync_settings" }).first().waitFor();
  return page;
}

/** Opens a collection's list and waits for its rows. */
export async function openCollection(page: Page, name: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/_/#/collections?collection=${name}`);
  await page.getByRole("navigation").getByText(name).last().waitFor();
  await page.getByText(/^Total: \d+$/).waitFor();
}

/** The form of a record: the row of the list that has this text in a cell of its own. */
export async function openRecord(page: Page, collection: string, cell: string): Promise<Form> {
  await openCollection(page, collection);
  await page.getByRole("cell", { name: cell, exact: true }).first().click();
  const modal = page.locator(".record-upsert-modal[data-modal-state=open]");
  await modal.getByText(`Edit ${collection} record`).waitFor();
  return new Form(modal);
}

export class Form {
  constructor(private readonly modal: Locator) {}

  text(field: string): Locator {
    return this.modal.locator(`textarea[name="${field}"]`);
  }

  /** The switch of a yes-or-no field. */
  bool(field: string): Locator {
    return this.modal.getByRole("checkbox", { name: field });
  }

  /** Replaces the text of a json field; its editor takes it over when it is left. */
  async fillJson(field: string, value: unknown): Promise<void> {
    const editor = this.field(field).getByRole("textbox");
    await editor.fill(JSON.stringify(value));
    await editor.blur();
  }

  /** The red sentence under a field. */
  async error(field: string): Promise<string> {
    return (await this.field(field).locator(".field-help.error").innerText()).trim();
  }

  save(): Promise<void> {
    return this.modal.getByRole("button", { name: "Save changes" }).click();
  }

  /** Resolves when the form has closed: the record is saved. */
  async saved(): Promise<void> {
    await this.save();
    await this.modal.waitFor({ state: "detached" });
  }

  private field(name: string): Locator {
    return this.modal.locator(".record-field-input", { has: this.modal.page().locator(`[name="${name}"]`) });
  }
}

/** Presses "Run" beside a cron job and waits until PocketBase has taken it. */
export async function runCronNow(page: Page, id: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/_/#/settings/crons`);
  const job = page.locator(".list-item", { has: page.getByText(id, { exact: true }) });
  const taken = page.waitForResponse((response) => response.url().endsWith(`/api/crons/${id}`));
  await job.getByRole("button", { name: "Run" }).click();
  await (await taken).finished();
}

/** A column of the list as a person reads it, from the top. */
export async function cells(page: Page, column: string): Promise<string[]> {
  const found = page.locator(`tbody td[data-name="${column}"]`);
  await found.first().waitFor();
  return (await found.allInnerTexts()).map((text) => text.trim());
}

/** The names of the list's columns, from the left. */
export async function columns(page: Page): Promise<string[]> {
  const texts = await page.getByRole("columnheader").allInnerTexts();
  return texts.map((text) => text.trim()).filter((text) => text !== "");
}
