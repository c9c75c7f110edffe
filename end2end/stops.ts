// Pages whose address is known only once something was opened or made, and answers to forms.
import type { Page } from "@playwright/test";
import { firstDevice } from "./people";

/** A page: its address, and for answers to forms what is done there. */
export type Stop = { name: string; url: string; act?: (page: Page) => Promise<void> };
const tabs = ["", "/hardware", "/software", "/updates", "/history"];
export const at = (host: string, pages: Record<string, string>): Stop[] => Object.entries(pages).map(([name, path]) => ({ name, url: host + path }));

export async function devicePages(page: Page, host: string): Promise<Stop[]> {
  const { href } = await firstDevice(page, host);
  return tabs.map((tab) => ({ name: `device${tab.replace("/", "-")}`, url: host + href + tab }));
}

export async function clientPages(page: Page, host: string): Promise<Stop[]> {
  await page.goto(`${host}/clients`);
  const href = await page.locator("a.row-link").first().getAttribute("href");
  return at(host, { client: `${href}`, "client-name": `${href}/name`, "client-site-new": `${href}/sites/new` });
}

export async function managePage(page: Page, host: string): Promise<Stop[]> {
  const { href } = await firstDevice(page, host);
  return at(host, { "device-manage": `${href}/manage` });
}

export async function alertPage(page: Page, host: string): Promise<Stop[]> {
  await page.goto(`${host}/alerts`);
  const href = await page.locator("a.row-link").first().getAttribute("href");
  const device = await page.locator('a[href*="/devices/dev_"]').first().getAttribute("href");
  return at(host, { alert: `${href}`, "device-alerts": `${device}/alerts`, "device-policy": `${device}/policy` });
}

export async function windowPage(page: Page, host: string): Promise<Stop[]> {
  await page.goto(`${host}/settings/windows`);
  const href = await page.locator("a.row-link").first().getAttribute("href");
  return at(host, { window: `${href}`, "alerts-suppressed": "/alerts?show=suppressed" });
}

/** A channel, a route, a delivery, and an alert that was told of. */
export async function noticePages(page: Page, host: string): Promise<Stop[]> {
  await page.goto(`${host}/settings/channels`);
  const channel = await page.locator('a.row-link[href*="/channels/chn_"]').first().getAttribute("href");
  const route = await page.locator('a.row-link[href*="/routes/rte_"]').first().getAttribute("href");
  await page.goto(`${host}/settings/channels/deliveries`);
  const delivery = await page.locator("a.row-link", { hasText: /^\[/ }).first().getAttribute("href");
  await page.goto(`${host}${delivery}`);
  const alert = await page.getByRole("link", { name: "Open the alert" }).getAttribute("href");
  return at(host, { channel: `${channel}`, route: `${route}`, delivery: `${delivery}`, "alert-told": `${alert}` });
}

/** A device whose agent takes commands: its page, and one command that failed. */
export async function commandPages(page: Page, host: string): Promise<Stop[]> {
  await page.goto(`${host}/settings/enrolment?q=Set-up+of`);
  const name = (await page.locator("a.row-link").first().innerText()).replace("Set-up of ", "");
  await page.goto(`${host}/devices?q=${encodeURIComponent(name)}`);
  const device = await page.locator("a.row-link").first().getAttribute("href");
  await page.goto(`${host}${device}/commands`);
  const failed = await page.locator("tr", { hasText: "Failed" }).locator("a.row-link").first().getAttribute("href");
  return at(host, { "device-commands": `${device}/commands`, "device-command": `${failed}` });
}

/** The newest request, and an approval that it asked for when there is one. */
export async function requestPages(page: Page, host: string): Promise<Stop[]> {
  await page.goto(`${host}/requests?show=all`);
  const href = await page.locator("a.row-link").first().getAttribute("href");
  await page.goto(`${host}/approvals`);
  const approvals = page.locator("a.row-link");
  const approval = (await approvals.count()) > 0 ? { approval: `${await approvals.first().getAttribute("href")}` } : {};
  return at(host, { request: `${href}`, ...approval });
}

export async function personPage(page: Page, host: string): Promise<Stop[]> {
  await page.goto(`${host}/settings/people`);
  const href = await page.locator("a.row-link").first().getAttribute("href");
  return at(host, { person: `${href}` });
}

/** Opens the page of a stop. */
export async function visit(page: Page, { url, act }: Stop): Promise<void> {
  await page.goto(url, { waitUntil: "load" });
  await act?.(page);
}

async function makeKey(page: Page): Promise<void> {
  await page.getByLabel("Client and site").selectOption({ index: 1 });
  await page.getByLabel("Name").fill("Imaging bench");
  await page.getByRole("button", { name: "Make the key" }).click();
  await page.getByRole("heading", { name: "Key made" }).waitFor();
}

async function checkRows(page: Page): Promise<void> {
  const rows = ["client;site;contact_name;contact_email", "Alder & Sons;Yard;Ann Alder;ann@alder.example", "Alder & Sons;-1;;", "Alder & Sons;Yard;;"];
  await page.getByLabel("Or paste the rows").fill(rows.join("\n"));
  await page.getByRole("button", { name: "Check the rows" }).click();
  await page.getByText("1 of 3 rows").waitFor();
}

/** The answers to forms, and the page of a key that was made so. */
export async function answers(page: Page, host: string): Promise<Stop[]> {
  const made = { name: "enrolment-made", url: `${host}/settings/enrolment/new`, act: makeKey };
  await visit(page, made);
  await page.getByRole("link", { name: "Wait for the first report" }).click();
  return [made, { name: "enrolment-key", url: `${page.url()}?waited=stop` }, { name: "client-import-checked", url: `${host}/clients/import`, act: checkRows }];
}

/** What somebody sees who was just added. */
export async function welcomePage(page: Page, host: string): Promise<Stop[]> {
  await page.goto(`${host}/settings/people/new`);
  await page.getByLabel("Name").fill("Rosa Lindqvist");
  await page.getByLabel("E-mail").fill(`rosa-${Date.now()}@lindqvist.example`);
  await page.getByRole("button", { name: "Add and make a link" }).click();
  const link = await page.getByText(`${host}/welcome/`).first().textContent();
  return [{ name: "welcome", url: (link ?? "").trim() }];
}
