// The portal is ended with kill -9 at 20 random moments of runs on three machines, whose agents go on: nothing is lost, nothing is done twice.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { fjord, folder, pageOf, password, people, picture, reloadUntil } from "./fjord";
import { Machine } from "./machine";

const machines = ["till", "office", "ward"].map((name) => new Machine(name));
/** One run for each, so that a run has several moments in which it is disturbed. */
const updates = ["portico-good", "portico-slow-1", "portico-slow-2", "portico-held", "portico-unasked"];
const kills = 4;

const pid = (): number => Number(readFileSync(join(folder, "server.pid"), "utf8"));

/** Ends the portal in the way that leaves it no time; what supervises it starts it again. Waits until it answers. */
async function killServer(page: Page): Promise<void> {
  const old = pid();
  process.kill(old, "SIGKILL");
  await expect(async () => {
    expect(pid()).not.toBe(old);
    expect((await page.request.get(`http://127.0.0.1:${process.env.PORT}/healthz`, { timeout: 1_000 })).ok()).toBe(true);
  }).toPass({ timeout: 30_000, intervals: [50] });
}

async function approve(page: Page): Promise<void> {
  await page.goto(`${fjord}/patching/updates?q=portico`);
  for (const name of updates) await page.getByLabel(`Choose ${name} 1.1`).check();
  await page.getByRole("button", { name: "Approve" }).click();
  // Those that an earlier loop approved already are not decided anew.
  await expect(page.getByText(/^\d updates? decided\.$/)).toBeVisible();
}

/** Starts a run that installs `name` wherever it waits; gives its page. */
async function start(page: Page, name: string): Promise<string> {
  await page.goto(`${fjord}/patching/updates?q=${name}`);
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("link", { name: "Install where approved" }).click();
  await page.getByLabel("Name").fill(`${name} everywhere`);
  const asked = page.getByLabel("Your password");
  if (await asked.isVisible()) await asked.fill(password);
  await page.getByRole("button", { name: /^Start/ }).click();
  await expect(page).toHaveURL(/\/patching\/runs\/run_/);
  return page.url();
}

/** The state of each of the three machines in a run, as its page says. */
async function states(page: Page): Promise<string[]> {
  const rows = page.getByRole("table", { name: "Devices of the run" }).locator("tbody tr");
  const texts = await rows.evaluateAll((all) => all.map((row) => [...row.querySelectorAll("td")].slice(0, 2).map((cell) => (cell.textContent ?? "").trim())));
  return machines.map(({ name }) => texts.find(([device]) => device?.startsWith(name))?.[1] ?? "missing");
}

/** Plays one run with its kills; gives how long after its start each came. */
async function disturbed(browser: Browser, name: string, seed: number): Promise<string> {
  const page = await pageOf(browser, people.owner, true);
  const run = await start(page, name);
  const [begun, moments] = [Date.now(), [] as number[]];
  for (let n = 0; n < kills; n++) {
    await page.waitForTimeout(Math.random() * 1_500);
    moments.push(Date.now() - begun);
    await killServer(page);
  }
  await reloadUntil(page, run, () => expect(page.locator(".device-line").getByText(/^Done/)).toBeVisible({ timeout: 200 }), 150);
  const found = await states(page);
  await picture(page, `kills-${seed + 1}-${name}`);
  await page.context().close();
  expect(found, `${name}: each machine ended well, killed at ${moments.join(", ")} ms`).toEqual(machines.map(() => "Done"));
  return moments.join(", ");
}

test("the portal is ended at 20 random moments of runs", async ({ browser }) => {
  const owner = await pageOf(browser, people.owner, true);
  for (const machine of machines) machine.sh("apt-mark unhold portico-held >/dev/null");
  await approve(owner);
  const moments: string[] = [];
  for (const [seed, name] of updates.entries()) moments.push(`${name}: ${await disturbed(browser, name, seed)} ms`);
  console.log(`   killed after ${moments.join("; ")}`);
  for (const machine of machines) {
    const there = machine.packages();
    for (const name of updates) {
      expect(there.get(name), `${name} on ${machine.name}`).toBe("1.1");
      expect(machine.configured(name, "1.1"), `${name} was set up once on ${machine.name}`).toBe(1);
    }
  }
  await owner.goto(`${fjord}/patching/runs`);
  for (const name of updates) await expect(owner.getByRole("link", { name: `${name} everywhere` })).toHaveCount(1);
  await picture(owner, "kills-6-runs");
});
