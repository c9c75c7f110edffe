// axe finds nothing on any page, in light and dark, wide and narrow; and no page logs an error.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { platformWalks, walks } from "./pages";
import { bluefin, northwind } from "./people";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const portals = { northwind: walks(northwind, "northwind"), bluefin: walks(bluefin, "bluefin"), platform: platformWalks };

for (const [portal, list] of Object.entries(portals)) {
  for (const walk of list) {
    test(`axe finds nothing on the pages of ${portal}'s ${walk.who}`, async ({ page }) => {
      test.setTimeout(300_000);
      const complaints: string[] = [];
      page.on("console", (line) => line.type() === "error" && !line.text().includes("404") && complaints.push(line.text()));
      page.on("pageerror", (error) => complaints.push(String(error)));
      await walk.enter(page);
      for (const stop of await walk.stops(page)) {
        for (const colorScheme of ["light", "dark"] as const) {
          for (const width of [1440, 390]) {
            await page.emulateMedia({ colorScheme });
            await page.setViewportSize({ width, height: 900 });
            await page.goto(stop.url);
            const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
            const found = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
            expect.soft(found, `${portal} ${walk.who} ${stop.name}, ${colorScheme}, ${width} px`).toEqual([]);
            const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
            expect.soft(overflow, `${stop.name} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
          }
        }
      }
      expect(complaints).toEqual([]);
    });
  }
}
