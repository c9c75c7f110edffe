// Something breaks on a real machine, the service desk is mailed, a technician takes it, it is mended, and it is over by itself.
import { expect, type Page, test } from "@playwright/test";
import { clients, command, devices, fjord, pageOf, people, picture, reloadUntil, section } from "./fjord";
import { Machine } from "./machine";
import { about, notice } from "./mails";

/** What is played: where, and by whom. */
type Stage = { mode: string; machine: Machine; technician: Page; owner: Page; picture: (page: Page, name: string) => Promise<void> };
/** A cause: the alert's name on pages and in mails, how it breaks, and how it is mended. */
type Cause = { label: string; breaks: () => void; mends: () => void };

const how = { process: "Process: tilld", disk: "Disk free: /srv/data", silence: "Not seen" };

/** Sets one condition in the policy of the stage's device, by its form. */
async function policy({ owner, machine }: Stage, kind: string, subject: string | null, fields: Record<string, string>): Promise<void> {
  const place = `${fjord}/settings/monitoring/${devices()[machine.name]?.split("/").pop()}`;
  await owner.goto(place);
  if (subject !== null) {
    await owner.getByLabel("What it is").selectOption(kind);
    await owner.getByLabel("Its name").fill(subject);
    await owner.getByRole("button", { name: "Name it" }).click();
  } else {
    await owner.goto(`${place}/${kind}`);
  }
  await owner.getByLabel("Watched", { exact: true }).selectOption("on");
  for (const [label, value] of Object.entries(fields)) await owner.getByLabel(label).fill(value);
  await owner.getByRole("button", { name: "Save" }).click();
  await expect(owner).toHaveURL(place);
}

/** Two reports, as far apart as the policy wants a condition to last. */
async function twoReports({ technician, machine }: Stage): Promise<void> {
  await command(technician, machine, "Collect now");
  await technician.waitForTimeout(6_000);
  await command(technician, machine, "Collect now");
}

/** The row of an alert in a list. */
const row = ({ technician, machine }: Stage, label: string) =>
  technician.locator("tbody tr").filter({ has: technician.getByRole("link", { name: label }) }).filter({ has: technician.getByRole("link", { name: machine.name, exact: true }) });

/** The alert is in the inbox and at the mail server; somebody takes it by the link in the mail. Gives its address. */
async function taken(stage: Stage, label: string, seconds: number): Promise<string> {
  const { technician, machine } = stage;
  await reloadUntil(technician, "/alerts", () => expect(row(stage, label)).toHaveCount(1, { timeout: 200 }), seconds);
  await stage.picture(technician, `inbox-${label}`);
  const link = await notice(`] ${label} on ${machine.name} (${clients.bakery})`);
  await technician.goto(link);
  await expect(technician.getByRole("heading", { level: 1, name: label })).toBeVisible();
  await technician.getByLabel("Note").fill(`I look after ${machine.name} now.`);
  await technician.getByRole("button", { name: "Acknowledge" }).click();
  await expect(technician.getByText(`I look after ${machine.name} now.`).first()).toBeVisible();
  const why = section(technician, "Why was this (not) sent?");
  await expect(why.getByText("Service desk")).toBeVisible();
  await reloadUntil(technician, link, () => expect(why.getByText("Sent", { exact: true })).toBeVisible({ timeout: 200 }), 20);
  await stage.picture(technician, `acknowledged-${label}`);
  await technician.goto(`${fjord}/alerts`);
  await expect(row(stage, label)).toHaveCount(0);
  await technician.goto(`${fjord}/alerts?show=acknowledged`);
  await expect(row(stage, label)).toHaveCount(1);
  return link;
}

/** The alert ended by itself, and the mail says so. */
async function over(stage: Stage, label: string, link: string, seconds: number): Promise<void> {
  const { technician, machine } = stage;
  await reloadUntil(technician, link, () => expect(technician.getByText("Resolved").first()).toBeVisible({ timeout: 200 }), seconds);
  expect(await notice(`] Resolved: ${label} on ${machine.name} (${clients.bakery})`)).toBe(link);
  await technician.goto(link);
  await expect(section(technician, "What happened").getByRole("listitem").first()).toContainText(/resolved/i);
  await stage.picture(technician, `resolved-${label}`);
}

/** In a maintenance window the same breaks again, and nobody is mailed. */
async function suppressed(stage: Stage, { label, breaks, mends }: Cause): Promise<void> {
  const { technician, machine } = stage;
  const device = fjord + devices()[machine.name];
  const before = about(` on ${machine.name} `).length;
  await technician.goto(device);
  await technician.locator("summary", { hasText: "Start maintenance" }).click();
  await technician.getByRole("button", { name: "Start", exact: true }).click();
  await expect(technician.getByText("In maintenance until").first()).toBeVisible();
  breaks();
  await twoReports(stage);
  await technician.goto(`${fjord}/alerts`);
  await expect(row(stage, label)).toHaveCount(0);
  await reloadUntil(technician, "/alerts?show=suppressed", () => expect(row(stage, label)).toHaveCount(1, { timeout: 200 }), 20);
  await stage.picture(technician, `suppressed-${label}`);
  await row(stage, label).getByRole("link", { name: label }).click();
  const link = technician.url();
  const why = section(technician, "Why was this (not) sent?");
  await reloadUntil(technician, link, () => expect(why.getByText(/maintenance window/)).toBeVisible({ timeout: 200 }), 20);
  await stage.picture(technician, `not-sent-${label}`);
  mends();
  await twoReports(stage);
  await technician.goto(device);
  await technician.getByRole("link", { name: /In maintenance until/ }).click();
  await technician.locator("summary", { hasText: "End and remove" }).click();
  await technician.getByRole("button", { name: "Remove it" }).click();
  await reloadUntil(technician, link, () => expect(technician.getByText("Resolved").first()).toBeVisible({ timeout: 200 }), 30);
  expect(about(` on ${machine.name} `), "nobody was mailed").toHaveLength(before);
}

async function loop(stage: Stage): Promise<void> {
  const { machine, technician } = stage;
  const times = { "How long it must be so": "5 s", "How long it must be clear": "5 s" };
  await test.step("a policy for the device", async () => {
    await policy(stage, "process", "tilld", times);
    await policy(stage, "disk", "/srv/data", { "Alert below, in percent": "10", ...times });
    await stage.picture(stage.owner, "policy");
    await twoReports(stage);
    await technician.goto(`${fjord}/alerts?q=${machine.name}`);
    await expect(technician.locator("tbody tr"), "all is well at first").toHaveCount(0);
  });
  const process: Cause = { label: how.process, breaks: () => machine.stopTill(), mends: () => machine.startTill() };
  const disk: Cause = { label: how.disk, breaks: () => machine.sh("head -c 100000000 /dev/zero >/srv/data/fill 2>/dev/null || true"), mends: () => machine.sh("rm /srv/data/fill") };
  await test.step("a service stops and a disk fills", async () => {
    process.breaks();
    disk.breaks();
    await twoReports(stage);
    const links = [await taken(stage, process.label, 30), await taken(stage, disk.label, 30)];
    process.mends();
    disk.mends();
    await twoReports(stage);
    await over(stage, process.label, links[0] ?? "", 30);
    await over(stage, disk.label, links[1] ?? "", 30);
  });
  await test.step("the same in a maintenance window", () => suppressed(stage, process));
  await test.step("the network drops", async () => {
    await policy(stage, "not-seen", null, { "How long it must be so": "60 s" });
    await command(technician, machine, "Collect now");
    machine.network("down");
    const link = await taken(stage, how.silence, 180);
    machine.network("up");
    await command(technician, machine, "Collect now", 120);
    await over(stage, how.silence, link, 60);
  });
}

for (const [mode, name, javaScriptEnabled] of [["plain", "office", false], ["script", "till", true]] as const) {
  test(`an alert's whole loop, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({ browser }) => {
    const [technician, owner] = [await pageOf(browser, people.technician, javaScriptEnabled), await pageOf(browser, people.owner, javaScriptEnabled)];
    let n = 0;
    const shot = (page: Page, what: string) => picture(page, `alert-${mode}-${++n}-${what.replaceAll(/[^a-zA-Z]+/g, "-").toLowerCase()}`);
    await loop({ mode, machine: new Machine(name), technician, owner, picture: shot });
    for (const page of [technician, owner]) await page.context().close();
  });
}
