// The MSP that the loops are played at: its people, its clients, and what its pages are asked for again and again.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import { fill, port } from "../people";
import type { Machine } from "./machine";

export const folder = process.env.LOOP_FOLDER ?? "";
export const programs = process.env.PROGRAMS ?? "";
export const fjord = `http://fjord.localhost:${port}`;
export const password = "seven lanterns on the quay";
export const people = {
  owner: "kari@fjord.example",
  technician: "tore@fjord.example",
  /** Of the bakery, whose machines the loops are about. */
  contact: "anna@nordlys.example",
  /** Of the clinic, which has another machine. */
  other: "per@klinikk.example",
};
export const clients = { bakery: "Nordlys Bakery", clinic: "Fjell Clinic" };

/** The place of each machine's device, as the preparation found it. */
export const devices = (): Record<string, string> => JSON.parse(readFileSync(join(folder, "devices.json"), "utf8")) as Record<string, string>;
export const keepDevices = (found: Record<string, string>): void => writeFileSync(join(folder, "devices.json"), JSON.stringify(found));

/** A page on which `email` is signed in. */
export async function pageOf(browser: Browser, email: string, javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1440, height: 900 }, locale: "en-GB", timezoneId: "Europe/Oslo" });
  const page = await context.newPage();
  // Of two who sign in to one account at the same moment, the second is asked to try again.
  await expect(async () => {
    await page.goto(`${fjord}/sign-in`);
    await fill(page, email, password);
    await expect(page, `${email} signs in`).not.toHaveURL(/\/sign-in/, { timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  return page;
}

/** A section of a page, by its heading. */
export const section = (page: Page, title: string): Locator => page.locator("section.section").filter({ has: page.getByRole("heading", { name: title }) });

/** A picture of what a person sees at this moment. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(import.meta.dirname, "../results/loops", `${name}.png`), fullPage: true });
}

/** Opens `path` again until `seen` holds; a person would reload the page. */
export async function reloadUntil(page: Page, path: string, seen: () => Promise<void>, seconds: number): Promise<void> {
  const url = path.startsWith("http") ? path : fjord + path;
  await expect(async () => {
    await page.goto(url);
    await seen();
  }).toPass({ timeout: seconds * 1_000, intervals: [500, 1_000] });
}

/** Has the agent do a command that needs nothing but its name, and waits until it did. */
export async function command(page: Page, machine: Machine, label: "Collect now" | "Scan for updates", seconds = 60): Promise<void> {
  const path = `${devices()[machine.name]}/commands`;
  await page.goto(fjord + path);
  const rows = page.getByRole("table", { name: "Commands to this device, newest first" }).locator("tbody tr");
  const done = await rows.filter({ hasText: label }).filter({ hasText: "Done" }).count();
  await page.getByRole("button", { name: label }).click();
  await reloadUntil(page, path, () => expect(rows.filter({ hasText: label }).filter({ hasText: "Done" })).toHaveCount(done + 1, { timeout: 200 }), seconds);
}
