// A new MSP on its own: from the owner's link to the first real device, with what the pages say and
// nothing else, without JavaScript; and a machine that is enrolled twice becomes one device again.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { platform, port } from "./people";

const programs = process.env.PROGRAMS ?? "target/debug";
const fjord = `http://fjord.localhost:${port}`;
const password = "seven lanterns on the quay";

/** What a first step's link leads to; the list of steps is on Home. */
async function step(page: Page, name: string): Promise<void> {
  await page.goto(fjord);
  await page.getByRole("region", { name: "First steps" }).getByRole("link", { name }).click();
}

async function setPassword(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("The same again").fill(password);
  await page.getByRole("button", { name: "Set the password and sign in" }).click();
  await expect(page).toHaveURL(`${fjord}/`);
}

async function brandAndPeople(page: Page): Promise<string> {
  await step(page, "Set the brand");
  await page.getByLabel("Phone").fill("+47 55 01 02 03");
  await page.getByRole("button", { name: "Save the brand" }).click();
  await step(page, "Add your people");
  await page.getByLabel("Name").fill("Tore Lie");
  await page.getByLabel("E-mail").fill("tore@fjord.example");
  await page.getByLabel("Technician").check();
  await page.getByRole("button", { name: "Add and make a link" }).click();
  const link = await page.getByText(`${fjord}/welcome/`).first().textContent();
  return (link ?? "").trim();
}

/** Makes a client and a key for it; gives the key. */
async function clientAndKey(page: Page): Promise<string> {
  await step(page, "Add the first client");
  await page.getByRole("link", { name: "New client" }).first().click();
  await page.getByLabel("Name").fill("Nordlys Bakery");
  await page.getByLabel("First site").fill("Harbour");
  await page.getByRole("button", { name: "Create client" }).click();
  await step(page, "Enrol the first device");
  await page.getByLabel("Client and site").selectOption({ label: "Nordlys Bakery › Harbour" });
  await page.getByLabel("Name").fill("Bakery machines");
  await page.getByRole("button", { name: "Make the key" }).click();
  const command = await page.getByText("sudo portico-agent enrol").first().textContent();
  const said = /--server (\S+) --key (\S+)/.exec(command ?? "");
  expect(said?.[1], "the command names this portal").toBe(fjord);
  await page.getByRole("link", { name: "Wait for the first report" }).click();
  await expect(page.getByText("No device has enrolled with this key yet.")).toBeVisible();
  return said?.[2] ?? "";
}

/** Says who is told of alerts. */
async function channel(page: Page): Promise<void> {
  await step(page, "Say who is told of alerts");
  await page.getByLabel("Name").fill("Service desk");
  await page.getByRole("textbox", { name: "Addresses" }).fill("desk@fjord.example");
  await page.getByRole("button", { name: "Add the channel" }).click();
  await expect(page.getByRole("button", { name: "Send a test" })).toBeVisible();
}

/** Lets the waiting devices in. */
async function approve(page: Page): Promise<void> {
  // The key's page loads itself again while it waits for a device, which may come in between.
  await expect(async () => {
    await page.goto(`${fjord}/settings/enrolment`);
    await expect(page.getByRole("link", { name: "Approve or refuse" })).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  await page.getByRole("link", { name: "Approve or refuse" }).click();
  await page.getByRole("checkbox").nth(1).check();
  await page.getByRole("button", { name: "Approve" }).click();
}

async function openDevice(page: Page): Promise<void> {
  await page.goto(`${fjord}/devices`);
  await page.getByRole("table", { name: "Devices" }).locator("a.row-link").first().click();
}

/** Makes one device of a machine that was enrolled twice. */
async function merge(page: Page): Promise<void> {
  await openDevice(page);
  await page.getByRole("link", { name: "Compare the two" }).click();
  await page.locator("summary", { hasText: "Keep this one" }).click();
  await page.getByRole("button", { name: "Merge into it" }).first().click();
  await expect(page.getByText("Possible duplicate.")).toHaveCount(0);
  await page.goto(`${fjord}/devices`);
  await expect(page.getByRole("table", { name: "Devices" }).locator("a.row-link")).toHaveCount(1);
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a new MSP comes from its link to its first real device", async ({ page }) => {
    const made = ["tenant", "create", "--name", "Fjord IT", "--slug", "fjord", "--owner", "kari@fjord.example", "--owner-name", "Kari Sund", "--url", platform];
    const link = execFileSync(join(programs, "portico"), made, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    const folder = mkdtempSync(join(tmpdir(), "portico-agent-"));
    const agent = (state: string, ...words: string[]) => execFileSync(join(programs, "portico-agent"), [...words, "--state", join(folder, state)], { stdio: "pipe" });
    try {
      await setPassword(page, link);
      const colleague = await brandAndPeople(page);
      const key = await clientAndKey(page);
      agent("first", "enrol", "--server", fjord, "--key", key);
      agent("first", "once");
      await approve(page);
      agent("first", "once");
      await openDevice(page);
      await expect(page.getByText("Online").first()).toBeVisible();
      await channel(page);
      await page.goto(fjord);
      await expect(page.getByRole("heading", { name: "First steps" })).toHaveCount(0);

      agent("again", "enrol", "--server", fjord, "--key", key);
      agent("again", "once");
      await approve(page);
      await merge(page);

      await page.context().clearCookies();
      await page.goto(link);
      await expect(page.getByRole("heading", { name: "This link does not work" }), "a link works once").toBeVisible();
      await setPassword(page, colleague);
      await expect(page.getByRole("link", { name: "People" }), "a technician adds nobody").toHaveCount(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
