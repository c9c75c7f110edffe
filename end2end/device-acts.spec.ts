// What people do to a device: name it, tag it, retire it and take it back; without JavaScript too.
import { expect, test, type Page } from "@playwright/test";
import { firstDevice, northwind, signIn } from "./people";

async function manage(page: Page, called: string, tag: string): Promise<void> {
  await signIn(page, northwind, "owner@northwind.example");
  const { href, name } = await firstDevice(page, northwind);
  await page.goto(northwind + href);
  await page.getByRole("navigation", { name: "Pages of this device" }).getByRole("link", { name: "Manage" }).click();

  await page.getByLabel("Name of this device").fill(called);
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByRole("heading", { name: called, level: 1 })).toBeVisible();
  await expect(page.getByText(`reports as ${name}`, { exact: true })).toBeVisible();

  await page.getByLabel("New tag").fill(tag);
  await page.getByRole("button", { name: "Add tag" }).click();
  await expect(page.getByRole("button", { name: `Remove the tag ${tag}` })).toBeVisible();
  await page.goto(`${northwind}/devices?tag=${tag}`);
  await expect(page.getByRole("link", { name: called, exact: true })).toBeVisible();

  await page.goto(`${northwind}${href}/manage`);
  await page.locator("summary", { hasText: "Retire" }).click();
  await page.getByRole("button", { name: "Retire this device" }).click();
  await expect(page.getByRole("button", { name: "Return to service" })).toBeVisible();
  await page.goto(`${northwind}/devices?tag=${tag}`);
  await expect(page.getByText("No device matches")).toBeVisible();

  await page.goto(`${northwind}${href}/manage`);
  await page.getByRole("button", { name: "Return to service" }).click();
  await page.getByRole("button", { name: `Remove the tag ${tag}` }).click();
  await page.getByLabel("Name of this device").fill("");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

test("a device is renamed, tagged, retired and taken back", async ({ page }) => {
  await manage(page, "Journey device", "journey");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a device is renamed, tagged, retired and taken back", async ({ page }) => {
    await manage(page, "Plain journey device", "plain-journey");
  });
});
