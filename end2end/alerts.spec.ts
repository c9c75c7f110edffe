// A technician's loop: something is wrong, who and where, somebody takes it, and the client sees nothing of it.
import { expect, test } from "@playwright/test";
import { contactOf, northwind, signIn } from "./people";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });
    test("an alert is found, acknowledged with a note, and given back", async ({ page }) => {
      await signIn(page, northwind, "tech@northwind.example");
      await page.getByRole("link", { name: "Alerts" }).first().click();
      const row = page.locator("a.row-link").first();
      const href = await row.getAttribute("href");
      await row.click();
      await page.getByLabel("Note").fill("Looking at it now.");
      await page.getByRole("button", { name: "Acknowledge" }).click();
      await expect(page.getByText("Looking at it now.").first()).toBeVisible();
      await page.goto(`${northwind}/alerts?show=acknowledged`);
      await expect(page.locator(`a[href="${href}"]`).first()).toBeVisible();
      await page.goto(`${northwind}${href}`);
      await page.getByRole("button", { name: /Take the acknowledgement back|Unacknowledge/ }).click();
      await page.goto(`${northwind}/alerts`);
      await expect(page.locator(`a[href="${href}"]`).first()).toBeVisible();
    });
  });
}

test("a contact meets no alert of the MSP", async ({ page }) => {
  await signIn(page, northwind, await contactOf(page, northwind));
  await expect(page.getByRole("link", { name: "Alerts" })).toHaveCount(0);
  const answer = await page.goto(`${northwind}/alerts`);
  expect(answer?.status()).toBe(403);
});
