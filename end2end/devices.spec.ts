// Find a device and see its updates; with and without JavaScript; and never another MSP's.
import { expect, test, type Page } from "@playwright/test";
import { bluefin, firstDevice, northwind, signIn } from "./people";

async function findAndOpen(page: Page): Promise<void> {
  await signIn(page, northwind, "tech@northwind.example");
  const { name } = await firstDevice(page, northwind);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Devices/ }).click();
  const filters = page.getByRole("search").filter({ has: page.getByRole("button", { name: "Apply" }) });
  await filters.getByLabel("Search devices").fill(name);
  await filters.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(new RegExp(`[?&]q=${name}`));
  await page.getByRole("link", { name, exact: true }).first().click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  for (const tab of ["Hardware", "Software", "History", "Updates"]) {
    await page.getByRole("navigation", { name: "Pages of this device" }).getByRole("link", { name: new RegExp(`^${tab}`) }).click();
    await expect(page).toHaveURL(new RegExp(`/${tab.toLowerCase()}$`));
    await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  }
  const updates = page.getByRole("table", { name: "Updates waiting" });
  await expect(updates.getByRole("row").nth(1)).toBeVisible();
}

test("a technician finds a device and sees its updates", async ({ page }) => {
  await findAndOpen(page);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a technician finds a device and sees its updates", async ({ page }) => {
    await findAndOpen(page);
  });

  test("signing out works", async ({ page }) => {
    await signIn(page, northwind, "tech@northwind.example");
    await page.getByRole("button", { name: /^Account of/ }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.goto(`${northwind}/devices`);
    await expect(page).toHaveURL(/\/sign-in/);
  });
});

test("another MSP's device answers like one that does not exist", async ({ page, browser }) => {
  await signIn(page, bluefin, "owner@bluefin.example");
  const { href } = await firstDevice(page, bluefin);
  const elsewhere = await (await browser.newContext()).newPage();
  await signIn(elsewhere, northwind, "owner@northwind.example");
  const madeUp = href.replace(/[0-9a-z]{6}$/i, (end) => (end === "000000" ? "000001" : "000000"));
  const answers: { status?: number; text: string }[] = [];
  for (const path of [href, madeUp]) {
    const answer = await elsewhere.goto(`${northwind}${path}`);
    answers.push({ status: answer?.status(), text: (await elsewhere.locator("main").innerText()).replaceAll(path, "") });
  }
  expect(answers[0]?.status).toBe(404);
  expect(answers[0]).toEqual(answers[1]);
});

test("a technician of two clients sees only their devices", async ({ page, browser }) => {
  await signIn(page, northwind, "scoped@northwind.example");
  await page.goto(`${northwind}/clients`);
  expect(await page.getByRole("table").first().locator("tbody tr").count()).toBe(2);
  const all = await (await browser.newContext()).newPage();
  await signIn(all, northwind, "owner@northwind.example");
  await all.goto(`${northwind}/clients`);
  expect(await all.getByRole("table").first().locator("tbody tr").count()).toBeGreaterThan(2);
});
