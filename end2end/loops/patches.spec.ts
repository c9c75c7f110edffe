// Updates on a real machine: approved in the pages, installed by its agent in a window after a contact's yes, the failing one explained and repeated, reported, and seen by its client.
import { type Browser, expect, type Page, test } from "@playwright/test";
import { clients, command, devices, fjord, pageOf, password, people, picture, reloadUntil, section } from "./fjord";
import { Machine } from "./machine";
import { reportAgrees } from "./report";

type Stage = { machine: Machine; technician: Page; owner: Page; browser: Browser; script: boolean; picture: (page: Page, name: string) => Promise<void> };

const chosen = ["portico-good", "portico-picky", "portico-restart"];
const bakery = ["till", "office", "oven", "mixer"];

/** Approves the chosen updates: ticked in the list for all clients, or one by one for one client. */
async function approve({ technician, script }: Stage): Promise<void> {
  await technician.goto(`${fjord}/patching/updates?q=portico`);
  if (script) {
    for (const name of chosen) await technician.getByLabel(`Choose ${name} 1.1`).check();
    await technician.getByRole("button", { name: "Approve" }).click();
    await expect(technician.getByText("3 updates decided.")).toBeVisible();
    return;
  }
  for (const name of chosen) {
    await technician.goto(`${fjord}/patching/updates?q=${name}`);
    await technician.getByRole("link", { name, exact: true }).click();
    await technician.getByLabel("Where").selectOption({ label: clients.bakery });
    await technician.getByRole("button", { name: "Choose" }).click();
    await technician.getByLabel("Decision").selectOption("approve");
    await technician.getByLabel("Why").fill("Tried on our own machines.");
    await technician.getByRole("button", { name: "Decide" }).click();
    await expect(technician.getByRole("table", { name: "Decisions by hand" })).toContainText(clients.bakery);
  }
}

/** Plans a window at the bakery that is open now, by the clock of its page. Gives its name. */
async function window({ technician, machine, picture }: Stage): Promise<string> {
  const name = `Quiet hours for ${machine.name}`;
  const wall = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().slice(0, 16);
  await technician.goto(`${fjord}/settings/windows/new`);
  await technician.getByLabel("Name", { exact: true }).fill(name);
  await technician.getByLabel("Where", { exact: true }).selectOption({ label: clients.bakery });
  await technician.locator("input[name=kind][value=once]").check();
  await technician.getByLabel("From", { exact: true }).fill(wall(-5));
  await technician.getByLabel("Until", { exact: true }).fill(wall(180));
  await technician.getByLabel("Time zone").fill("UTC");
  await technician.getByLabel("Alerts are suppressed").uncheck();
  await technician.getByRole("button", { name: "Plan it" }).click();
  await technician.goto(`${fjord}/settings/windows`);
  await expect(technician.getByRole("link", { name })).toBeVisible();
  await picture(technician, "window");
  return name;
}

/** Plans a run on the device from its own page, in a window and after its client's yes. Gives the run's page. */
async function start(stage: Stage): Promise<string> {
  const { technician, machine, picture } = stage;
  const name = await window(stage);
  await technician.goto(`${fjord}${devices()[machine.name]}/updates`);
  const good = technician.getByRole("table", { name: "How updates stand on this device" }).locator("tr", { hasText: "portico-good" });
  await good.locator("summary", { hasText: "Why?" }).click();
  await expect(good).toContainText("Tore Lie");
  await picture(technician, "why");
  await technician.getByRole("link", { name: "Install approved updates" }).click();
  const when = technician.getByLabel("When", { exact: true });
  await when.selectOption((await when.locator("option", { hasText: name }).getAttribute("value")) ?? "");
  await technician.getByRole("button", { name: "Apply" }).click();
  const row = technician.getByRole("table", { name: "Devices that get updates" }).locator("tbody tr");
  await expect(row).toHaveCount(1);
  await row.locator("summary").click();
  for (const name of [...chosen, "portico-safe"]) await expect(row).toContainText(name);
  await picture(technician, "plan");
  await technician.getByLabel("A contact of the client approves it first").check();
  await technician.getByLabel("Your password").fill(password);
  await technician.getByRole("button", { name: "Plan the run" }).click();
  await expect(technician).toHaveURL(/\/patching\/runs\/run_/);
  await expect(technician.locator(".device-line").getByText("Waiting for approval", { exact: true })).toBeVisible();
  await picture(technician, "waiting");
  return technician.url();
}

/** The contact reads what would happen, finds nothing of it done, and says yes. */
async function agreed({ browser, machine, script, picture }: Stage): Promise<void> {
  const before = machine.packages();
  for (const name of ["portico-good", "portico-restart"]) expect(before.get(name), name).not.toBe("1.1");
  const contact = await pageOf(browser, people.contact, script);
  await contact.goto(fjord);
  await contact.getByRole("link", { name: /^Install updates: / }).first().click();
  for (const name of [machine.name, ...chosen]) await expect(contact.locator(".approval-body")).toContainText(name);
  await picture(contact, "approval");
  await contact.getByRole("button", { name: "Yes, do it" }).click();
  await expect(contact.getByText("Approved").first()).toBeVisible();
  await contact.context().close();
}

/** Waits until the run's heading says `state`. */
const ended = ({ technician }: Stage, run: string, state: string): Promise<void> =>
  reloadUntil(technician, run, () => expect(technician.locator(".device-line").getByText(state, { exact: true })).toBeVisible({ timeout: 200 }), 120);

/** The failing update says why, on the run's page and on its own; a script mends the machine, and what failed is tried again. */
async function explainedAndRepeated(stage: Stage, run: string): Promise<void> {
  const { technician, machine } = stage;
  await expect(technician.getByText("Failed: a script of the package failed", { exact: true })).toBeVisible();
  await stage.picture(technician, "failed");
  await technician.getByRole("link", { name: "portico-picky" }).click();
  const row = technician.locator("tr", { hasText: machine.name }).filter({ hasText: "Failed" });
  await row.locator("summary", { hasText: "Why?" }).click();
  await expect(row).toContainText("a script of the package failed");
  await stage.picture(technician, "explained");
  await technician.goto(run);
  await technician.getByRole("link", { name: "Output" }).click();
  await expect(technician.getByText("portico-picky: /etc/portico-picky is missing").first(), "what the package itself said").toBeVisible();
  await stage.picture(technician, "output");

  await technician.goto(`${fjord}${devices()[machine.name]}/commands`);
  await technician.getByLabel("Script", { exact: true }).fill("touch /etc/portico-picky");
  await technician.getByRole("button", { name: "Run script" }).click();
  await reloadUntil(technician, technician.url(), () => expect(technician.getByText("Done", { exact: true }).first()).toBeVisible({ timeout: 200 }), 60);
  await technician.goto(run);
  await technician.locator("summary", { hasText: "Try again" }).click();
  const asked = technician.getByLabel("Your password");
  if (await asked.isVisible()) await asked.fill(password);
  await technician.getByRole("button", { name: "Try again" }).click();
  await ended(stage, run, "Done");
  await stage.picture(technician, "done");
}

/** The contact of the client sees it; the contact of another sees nothing. */
async function seen(stage: Stage, report: string): Promise<void> {
  const { machine, browser, script } = stage;
  const device = fjord + devices()[machine.name];
  const contact = await pageOf(browser, people.contact, script);
  await contact.goto(fjord);
  await expect(section(contact, "What we did lately")).toContainText(machine.name);
  await stage.picture(contact, "contact-home");
  await contact.goto(`${fjord}/what-we-did`);
  // The script that mended the machine; a run itself is told of without the names of devices.
  await expect(contact.getByText(`asked ${machine.name} to`).first()).toBeVisible();
  await stage.picture(contact, "contact-what-we-did");
  await contact.goto(`${fjord}/reports`);
  await contact.getByRole("link", { name: "Patch compliance" }).first().click();
  await expect(contact.locator("#rows tr", { hasText: machine.name }).filter({ hasText: "portico-picky" })).toContainText("Installed");
  await stage.picture(contact, "contact-report");
  await contact.context().close();

  const other = await pageOf(browser, people.other, script);
  for (const path of ["/", "/what-we-did", "/reports", "/devices"]) {
    await other.goto(fjord + path);
    const text = await other.locator("body").innerText();
    for (const name of [...bakery, clients.bakery]) expect(text, `${path} for the contact of another client`).not.toContain(name);
  }
  for (const url of [report, device, `${device}/updates`]) expect((await other.goto(url))?.status(), url).toBe(404);
  expect((await other.goto(`${fjord}/patching`))?.status()).toBe(403);
  await stage.picture(other, "other-contact");
  await other.context().close();
}

async function loop(stage: Stage): Promise<void> {
  const { technician, owner, machine } = stage;
  let run = "";
  await test.step("approved", async () => {
    await command(technician, machine, "Scan for updates");
    await approve(stage);
    await stage.picture(technician, "approved");
  });
  await test.step("installed", async () => {
    run = await start(stage);
    await agreed(stage);
    await ended(stage, run, "Done with failures");
    const there = machine.packages();
    for (const name of ["portico-good", "portico-restart", "portico-safe"]) expect(there.get(name), name).toBe("1.1");
    expect(there.has("portico-picky"), "half installed").toBe(false);
  });
  await test.step("the failing one", async () => {
    await explainedAndRepeated(stage, run);
    expect(machine.packages().get("portico-picky")).toBe("1.1");
    for (const name of ["portico-good", "portico-restart", "portico-safe"]) expect(machine.configured(name, "1.1"), name).toBe(1);
    await technician.goto(fjord + devices()[machine.name]);
    await expect(technician.getByText("Restart pending").first()).toBeVisible();
  });
  await test.step("the report", async () => {
    await reportAgrees(owner, bakery);
    await stage.picture(owner, "report");
    await owner.getByRole("button", { name: "Keep this report" }).click();
    await expect(owner).toHaveURL(/\/reports\/delivered\/rep_/);
  });
  await test.step("its contact, and another one", () => seen(stage, owner.url()));
}

test.describe.configure({ mode: "serial" });

for (const [mode, name, script] of [["plain", "oven", false], ["script", "mixer", true]] as const) {
  test(`an update's whole loop, ${script ? "with" : "without"} JavaScript`, async ({ browser }) => {
    const [technician, owner] = [await pageOf(browser, people.technician, script), await pageOf(browser, people.owner, script)];
    let n = 0;
    const shot = (page: Page, what: string) => picture(page, `patch-${mode}-${++n}-${what}`);
    await loop({ machine: new Machine(name), technician, owner, browser, script, picture: shot });
  });
}
