// Without JavaScript every page is there, says what it is, and its links and forms are plain ones.
import { expect, test } from "@playwright/test";
import { platformWalks, walks } from "./pages";
import { northwind } from "./people";
import { visit } from "./stops";

test.use({ javaScriptEnabled: false });

for (const [portal, list] of Object.entries({ northwind: walks(northwind, "northwind"), platform: platformWalks })) {
  for (const walk of list) {
    test(`every page of ${portal}'s ${walk.who} works without JavaScript`, async ({ page }) => {
      test.setTimeout(300_000);
      const broken: string[] = [];
      page.on("response", (answer) => answer.status() >= 500 && broken.push(`${answer.url()}: ${answer.status()}`));
      await walk.enter(page);
      for (const stop of await walk.stops(page)) {
        await visit(page, stop);
        await expect(page.getByRole("heading", { level: 1 }), stop.name).toBeVisible();
        const lost = await page.locator('button[type="button"]:visible:not([popovertarget]), a[href="#"]:visible').count();
        if (lost > 0) broken.push(`${stop.name}: ${lost} controls that do nothing`);
      }
      expect(broken).toEqual([]);
    });
  }
}
