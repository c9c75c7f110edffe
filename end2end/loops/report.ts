// The report about patch compliance in its three shapes, beside what dpkg says on the machines.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { clients, fjord } from "./fjord";
import { Machine } from "./machine";

/** `oven portico-good 1.1`, and whether it is said to be installed. */
type Rows = Map<string, boolean>;

const installed = (state: string): boolean => ["Installed", "Installed early"].includes(state);
const states = ["Installed early", "Installed", "Past due", "Not yet due", "Deferred", "Excluded", "Unknown"];

/** What dpkg says on the client's machines. */
export function byDpkg(names: string[]): Rows {
  const rows: Rows = new Map();
  for (const machine of names.map((name) => new Machine(name))) {
    for (const [name, there] of machine.upToDate()) rows.set(`${machine.name} ${name} 1.1`, there);
  }
  return rows;
}

async function download(page: Page, name: string): Promise<string> {
  const begun = page.waitForEvent("download");
  await page.getByRole("link", { name, exact: true }).click();
  return (await begun).path();
}

async function byPage(page: Page): Promise<Rows> {
  const lines = await page.locator("#rows tbody tr").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("td")].map((cell) => (cell.textContent ?? "").trim())));
  return new Map(lines.map(([device, , update, version, , state]) => [`${device} ${update} ${version}`, installed(state ?? "")]));
}

async function byCsv(page: Page): Promise<Rows> {
  const text = readFileSync(await download(page, "CSV"), "utf8").replace(/^\uFEFF/, "").trim();
  const [head, ...lines] = text.split(/\r?\n/).map((line) => line.split(",").map((cell) => cell.replace(/^"|"$/g, "")));
  const at = ["Device", "Update", "Version", "State"].map((name) => head?.indexOf(name) ?? -1);
  return new Map(lines.map((line) => at.map((column) => line[column] ?? "")).map(([device, update, version, state]) => [`${device} ${update} ${version}`, installed(state ?? "")]));
}

/** The rows of the last table in the PDF; `null` where there is no pdftotext. */
async function byPdf(page: Page): Promise<Rows | null> {
  const file = await download(page, "PDF");
  let text: string;
  try {
    // Long names may be broken anywhere, by a space that nobody sees.
    text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).replaceAll("\u200b", "");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  expect(text).toContain("Fjord IT");
  const row = new RegExp(`^\\s*(\\S+)\\s+${clients.bakery}\\s+(portico-\\S+)\\s+(\\S+)\\s+(?:Security|Other|Update|Not said)\\s+(${states.join("|")})`, "gm");
  return new Map([...text.matchAll(row)].map(([, device, update, version, state]) => [`${device} ${update} ${version}`, installed(state ?? "")]));
}

const sorted = (rows: Rows): string[] => [...rows].map(([what, there]) => `${what}: ${there ? "installed" : "not installed"}`).sort();

/** The report of the day says what dpkg says, on its page, as CSV and as PDF, row by row. It is open afterwards. */
export async function reportAgrees(page: Page, names: string[]): Promise<void> {
  await page.goto(`${fjord}/reports`);
  await page.getByLabel("Client").selectOption({ label: clients.bakery });
  await page.getByLabel("Period").selectOption({ label: "Last 7 days" });
  await page.getByRole("button", { name: "Show patch compliance" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Patch compliance" })).toBeVisible();
  const truth = sorted(byDpkg(names));
  expect(truth.length).toBeGreaterThan(names.length * 10);
  expect(sorted(await byPage(page)), "the page").toEqual(truth);
  expect(sorted(await byCsv(page)), "the CSV").toEqual(truth);
  const pdf = await byPdf(page);
  if (pdf) expect(sorted(pdf), "the PDF").toEqual(truth);
}
