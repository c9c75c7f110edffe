// The demo's hosts and people, and how they sign in.
import { expect, type Page } from "@playwright/test";

export const port = process.env.PORT ?? "3000";
export const platform = `http://localhost:${port}`;
export const northwind = `http://northwind.localhost:${port}`;
export const bluefin = `http://bluefin.localhost:${port}`;

const password = "portico-demo";

/** Signs in through the page, as a person would, and waits until it let them in. */
export async function signIn(page: Page, host: string, email: string): Promise<void> {
  await page.goto(`${host}/sign-in`);
  await fill(page, email, password);
  await expect(page, `${email} signs in`).not.toHaveURL(/\/sign-in/);
}

export async function fill(page: Page, email: string, secret: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(secret);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** A contact of Northwind's: the demo's sign-in page names one. */
export async function contactOf(page: Page, host: string): Promise<string> {
  await page.goto(`${host}/sign-in`);
  const listed = await page.getByText(/^contact@\S+\.example$/).first().textContent();
  return (listed ?? "").trim();
}

/** Opens the device list and gives the address and name of its first device that has updates waiting. */
export async function firstDevice(page: Page, host: string): Promise<{ href: string; name: string }> {
  await page.goto(`${host}/devices?updates=any`);
  const link = page.getByRole("table", { name: "Devices" }).getByRole("link").and(page.locator("tbody a")).first();
  return { href: (await link.getAttribute("href")) ?? "", name: (await link.textContent()) ?? "" };
}
