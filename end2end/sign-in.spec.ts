// Who gets in, and what a stranger sees.
import { expect, test } from "@playwright/test";
import { bluefin, fill, northwind, platform, signIn } from "./people";

test("a stranger is asked to sign in and is then shown what they came for", async ({ page }) => {
  await page.goto(`${northwind}/devices?q=a`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await fill(page, "tech@northwind.example", "portico-demo");
  await expect(page).toHaveURL(`${northwind}/devices?q=a`);
});

test("a wrong password keeps the address and says what to do", async ({ page }) => {
  await page.goto(`${northwind}/sign-in`);
  await fill(page, "owner@northwind.example", "not the password");
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("E-mail")).toHaveValue("owner@northwind.example");
  await expect(page.getByLabel("Password")).toHaveValue("");
});

test("an account of one MSP does not open the other", async ({ page }) => {
  await page.goto(`${bluefin}/sign-in`);
  await fill(page, "owner@northwind.example", "portico-demo");
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in/);
});

test("being signed in at one MSP counts for nothing at the other", async ({ page }) => {
  await signIn(page, northwind, "owner@northwind.example");
  await page.goto(`${bluefin}/devices`);
  await expect(page).toHaveURL(/^http:\/\/bluefin[^?]*\/sign-in/);
});

test("the operator signs in at the platform and sees the tenants", async ({ page }) => {
  await signIn(page, platform, "operator@platform.example");
  await expect(page.getByRole("heading", { name: "Tenants" })).toBeVisible();
  await expect(page.getByText("Northwind IT").first()).toBeVisible();
  await expect(page.getByText("Bluefin Managed").first()).toBeVisible();
});

test("nothing before the sign-in names the vendor on a tenant's host", async ({ page }) => {
  await page.goto(`${northwind}/sign-in`);
  await expect(page).toHaveTitle(/Northwind/);
  const seen = (await page.locator("body").innerText()).replaceAll("portico-demo", "");
  expect(seen).not.toMatch(/portico/i);
});
