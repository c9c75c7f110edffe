// The inbox while it is open: worked through by keys, kept up to date while others act, and whole without JavaScript.
import { expect, test, type Locator, type Page } from "@playwright/test";
import { northwind, signIn } from "./people";

const inbox = `${northwind}/alerts`;
const links = (page: Page): Locator => page.locator("#found .row-link");

/** The address of the alert that has the focus. */
async function focused(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.closest("#found .row") && document.activeElement.getAttribute("href"));
}

async function href(page: Page, n: number): Promise<string> {
  return (await links(page).nth(n).getAttribute("href")) ?? "";
}

/** Opens the inbox and gives the focus to its first alert, as somebody without a mouse does. */
async function begin(page: Page, who: string): Promise<void> {
  await signIn(page, northwind, who);
  await page.goto(inbox);
  await page.getByRole("button", { name: "Keys" }).click();
  await expect(page.getByRole("dialog", { name: "Keys of this list" })).toBeVisible();
  await page.getByRole("button", { name: "Go to the list" }).click();
  await expect(page.getByRole("dialog", { name: "Keys of this list" })).toBeHidden();
  expect(await focused(page)).toBe(await href(page, 0));
}

test("keys move, choose, decide and open", async ({ page }) => {
  await begin(page, "tech@northwind.example");
  await page.keyboard.press("j");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("k");
  expect(await focused(page)).toBe(await href(page, 1));

  await page.keyboard.press("Control+a");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys of this list" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Keys of this list" })).toBeHidden();
  await expect(page).toHaveURL(inbox);

  await links(page).nth(1).focus();
  await page.keyboard.press("x");
  await expect(page.locator("#found .cell-pick :checked")).toHaveCount(1);
  await page.keyboard.press("x");
  await expect(page.locator("#found .cell-pick :checked")).toHaveCount(0);

  const taken = await href(page, 1);
  const after = await href(page, 2);
  await page.keyboard.press("a");
  await expect(page.getByText("1 alert changed.")).toBeVisible();
  await expect(page.locator(`#found a[href="${taken}"]`)).toHaveCount(0);
  await expect.poll(() => focused(page), "the focus stands where it stood").toBe(after);

  await page.keyboard.press("s");
  await expect(page.getByLabel("Snooze for")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 alert changed.")).toBeVisible();
  await expect(page.locator(`#found a[href="${after}"]`)).toHaveCount(0);

  await links(page).first().focus();
  await page.keyboard.press("d");
  await expect(page.getByRole("button", { name: "Dismiss them" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Dismiss them" })).toBeHidden();

  const opened = await href(page, 0);
  await links(page).first().focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(northwind + opened);

  for (const [list, alert, button] of [["acknowledged", taken, /Take the acknowledgement back/], ["snoozed", after, "End the snooze"]] as const) {
    await page.goto(`${inbox}?show=${list}`);
    await page.locator(`#found a[href="${alert}"]`).click();
    await page.getByRole("button", { name: button }).click();
  }
});

test("a second key does nothing while an act is on its way", async ({ page }) => {
  await begin(page, "tech@northwind.example");
  const [first, second] = [await href(page, 0), await href(page, 1)];
  const sent: string[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/alerts/acts", async (route) => {
    sent.push(route.request().postData() ?? "");
    await held;
    await route.continue();
  });
  for (const key of ["a", "j", "r", "Enter"]) await page.keyboard.press(key);
  await expect.poll(() => sent.length).toBeGreaterThan(0);
  release();
  await expect(page.getByText("1 alert changed.")).toBeVisible();
  expect(sent.map((body) => new URLSearchParams(body).get("act"))).toEqual(["acknowledge"]);
  await expect(page.locator(`#found a[href="${first}"]`)).toHaveCount(0);
  await expect(page.locator(`#found a[href="${second}"]`)).toHaveCount(1);

  // The next page takes keys again.
  await expect.poll(() => focused(page)).toBe(second);
  await page.keyboard.press("x");
  await expect(page.locator("#found .cell-pick :checked")).toHaveCount(1);
  await page.goto(northwind + first);
  await page.getByRole("button", { name: /Take the acknowledgement back/ }).click();
});

test("Escape takes back what a key chose, and leaves what a person chose", async ({ page }) => {
  await begin(page, "tech@northwind.example");
  const chosen = page.locator("#found .cell-pick :checked");
  const first = await href(page, 0);
  for (const key of ["s", "n", "d"]) {
    await page.keyboard.press(key);
    await expect(chosen, `${key} chooses`).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(chosen, `Escape after ${key}`).toHaveCount(0);
    expect(await focused(page)).toBe(first);
  }

  await page.keyboard.press("d");
  await page.locator("#found details.confirm summary").click();
  await expect(page.getByRole("button", { name: "Dismiss them" })).toBeHidden();
  await expect(chosen, "the question is closed").toHaveCount(0);

  await links(page).first().focus();
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("s");
  await page.keyboard.press("Escape");
  await expect(chosen).toHaveCount(1);
  await expect(page.locator(`#found .row:has(a[href="${first}"]) [name=alert]`)).toBeChecked();
});

test("a list that cannot be asked for says so, and mends itself", async ({ page, browser }) => {
  test.setTimeout(120_000);
  await signIn(page, northwind, "owner@northwind.example");
  await page.goto(inbox);
  await page.mouse.move(0, 0);
  const theirs = await href(page, 0);
  let asked = 0;
  await page.route("**/alerts", (route) => {
    asked += 1;
    expect(route.request().headers()["x-background"]).toBe("1");
    return route.fulfill({ status: 503 });
  });
  const other = await browser.newContext();
  const technician = await other.newPage();
  await signIn(technician, northwind, "tech@northwind.example");
  await technician.goto(northwind + theirs);
  await technician.getByRole("button", { name: "Acknowledge" }).click();
  const status = page.locator("#live [role=status]");
  await expect(status).toHaveText("This list is not up to date. Reload the page.", { timeout: 40_000 });
  expect(asked, "one failure is not said").toBe(2);
  await page.unroute("**/alerts");
  await expect(page.locator(`#found a[href="${theirs}"]`)).toHaveCount(0, { timeout: 40_000 });
  await expect(status).toHaveText("");
  await expect(page.locator("#live .live")).toBeHidden();
  await technician.getByRole("button", { name: /Take the acknowledgement back/ }).click();
  await other.close();
});

test("typing in a field is no key of the list", async ({ page }) => {
  await signIn(page, northwind, "tech@northwind.example");
  await page.goto(inbox);
  const first = await href(page, 0);
  await page.getByLabel("Search alerts").fill("");
  await page.getByLabel("Search alerts").press("a");
  await page.getByLabel("Note").press("r");
  await expect(page.getByLabel("Note")).toHaveValue("r");
  await page.locator("h1").click();
  await page.keyboard.press("a");
  await expect(page).toHaveURL(inbox);
  expect(await href(page, 0)).toBe(first);
});

test("what others do appears without a reload, and what is chosen stays chosen", async ({ page, browser }) => {
  await signIn(page, northwind, "owner@northwind.example");
  await page.goto(inbox);
  await page.mouse.move(0, 0);
  const [theirs, own] = [await href(page, 0), await href(page, 1)];
  await page.locator(`#found .row:has(a[href="${own}"]) [name=alert]`).check();
  await page.mouse.move(0, 0);

  const other = await browser.newContext();
  const technician = await other.newPage();
  await signIn(technician, northwind, "tech@northwind.example");
  await technician.goto(northwind + theirs);
  await technician.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.locator(`#found a[href="${theirs}"]`)).toHaveCount(0, { timeout: 20_000 });
  await expect(page.locator(`#found .row:has(a[href="${own}"]) [name=alert]`)).toBeChecked();

  await technician.getByRole("button", { name: /Take the acknowledgement back/ }).click();
  await expect(page.locator(`#found a[href="${theirs}"]`)).toHaveCount(1, { timeout: 20_000 });
  await expect(page.locator("#live [role=status]")).toContainText("new alert");
  await expect(page.locator(`#found .row:has(a[href="${own}"]) [name=alert]`)).toBeChecked();

  // Under the pointer nothing moves; the bar says that there is something, and shows it.
  await page.locator("#found .row").nth(2).hover();
  await technician.getByRole("button", { name: "Acknowledge" }).click();
  const bar = page.getByRole("button", { name: "The list changed, show" });
  await expect(bar).toBeVisible({ timeout: 20_000 });
  await technician.getByRole("button", { name: /Take the acknowledgement back/ }).click();
  await other.close();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the list is worked through by its form", async ({ page }) => {
    await signIn(page, northwind, "tech@northwind.example");
    await page.goto(inbox);
    await expect(page.getByRole("button", { name: "Keys" })).toHaveCount(0);
    const alert = await href(page, 0);
    await page.locator("#found .row").first().getByRole("checkbox").check();
    await page.getByRole("button", { name: "Acknowledge" }).click();
    await expect(page.getByText("1 alert changed.")).toBeVisible();
    await page.goto(northwind + alert);
    await page.getByRole("button", { name: /Take the acknowledgement back/ }).click();
    await page.goto(inbox);
    await expect(page.locator(`#found a[href="${alert}"]`)).toHaveCount(1);
  });
});
