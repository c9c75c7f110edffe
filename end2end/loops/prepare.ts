// Before the loops: a new MSP with its people, two clients, five machines that report, a channel and a route. All of it by its pages.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { platform } from "../people";
import { clients, fjord, keepDevices, pageOf, password, people, picture, programs } from "./fjord";
import { Machine } from "./machine";

async function setPassword(page: Page, link: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto(link);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("The same again").fill(password);
  await page.getByRole("button", { name: "Set the password and sign in" }).click();
  await expect(page).toHaveURL(`${fjord}/`);
}

/** Makes a client with a site, and a key for it; gives the key. */
async function clientAndKey(page: Page, name: string, site: string): Promise<string> {
  await page.goto(`${fjord}/clients/new`);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("First site").fill(site);
  await page.getByRole("button", { name: "Create client" }).click();
  await page.goto(`${fjord}/settings/enrolment/new`);
  await page.getByLabel("Client and site").selectOption({ label: `${name} › ${site}` });
  await page.getByLabel("Name").fill("Machines");
  await page.getByLabel("Each new device waits for approval").uncheck();
  await page.getByRole("button", { name: "Make the key" }).click();
  const line = (await page.getByText("sudo portico-agent enrol").first().textContent()) ?? "";
  return /--key (\S+)/.exec(line)?.[1] ?? "";
}

/** Adds somebody; gives their link. */
async function person(page: Page, name: string, email: string, client?: string): Promise<string> {
  await page.goto(`${fjord}/settings/people/new`);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel(client ? "Contact" : "Technician").check();
  if (client) await page.getByRole("combobox", { name: "Client" }).selectOption({ label: client });
  await page.getByRole("button", { name: "Add and make a link" }).click();
  return ((await page.getByText(`${fjord}/welcome/`).first().textContent()) ?? "").trim();
}

/** Says who is told of which alerts. */
async function channelAndRoute(page: Page): Promise<void> {
  await page.goto(`${fjord}/settings/channels/new`);
  await page.getByLabel("Name").fill("Service desk");
  await page.getByLabel("Addresses", { exact: true }).fill("desk@fjord.example");
  await page.getByRole("button", { name: "Add the channel" }).click();
  await page.goto(`${fjord}/settings/channels/routes/new`);
  await page.getByLabel("Name").fill("Everything");
  await page.getByLabel("Severity").selectOption({ label: "Low and worse" });
  await page.getByLabel("All clients").check();
  await page.getByLabel("When an alert is raised").check();
  await page.getByLabel("When it is over").check();
  await page.getByRole("button", { name: "Add the route" }).click();
  await page.goto(`${fjord}/settings/channels`);
  await picture(page, "0-channels");
}

async function deviceOf(page: Page, machine: Machine): Promise<string> {
  const link = page.getByRole("link", { name: machine.name, exact: true });
  await expect(async () => {
    await page.goto(`${fjord}/devices?q=${machine.name}`);
    await expect(link).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
  return (await link.getAttribute("href")) ?? "";
}

test("a new MSP, its people, its clients' machines, and who is told", async ({ page, browser }) => {
  test.setTimeout(180_000);
  const made = ["tenant", "create", "--name", "Fjord IT", "--slug", "fjord", "--owner", people.owner, "--owner-name", "Kari Sund", "--url", platform];
  const link = execFileSync(join(programs, "portico"), made, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
  await setPassword(page, link);
  const keys = [await clientAndKey(page, clients.bakery, "Harbour"), await clientAndKey(page, clients.clinic, "Main street")];
  await channelAndRoute(page);
  const links = [
    await person(page, "Tore Lie", people.technician),
    await person(page, "Anna Nordlys", people.contact, clients.bakery),
    await person(page, "Per Fjell", people.other, clients.clinic),
  ];
  for (const welcome of links) await setPassword(page, welcome);

  const names = ["till", "office", "oven", "mixer", "ward"];
  for (const machine of names.map((name) => new Machine(name))) {
    machine.enrol(fjord, keys[machine.name === "ward" ? 1 : 0] ?? "");
    machine.startTill();
    machine.startAgent();
  }
  const owner = await pageOf(browser, people.owner, true);
  const found: Record<string, string> = {};
  for (const machine of names.map((name) => new Machine(name))) found[machine.name] = await deviceOf(owner, machine);
  keepDevices(found);
  await owner.goto(fjord);
  await picture(owner, "0-home");
});
