// axe finds nothing on any page, in light and dark, wide and narrow; nothing scrolls sideways; and no page logs an error.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { platformWalks, walks } from "./pages";
import { bluefin, northwind } from "./people";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const portals = { northwind: walks(northwind, "northwind"), bluefin: walks(bluefin, "bluefin"), platform: platformWalks };
const views = [
  { width: 1440, colorScheme: "light" },
  { width: 1440, colorScheme: "dark" },
  { width: 390, colorScheme: "light" },
] as const;

async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  const found = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return beyond > 0 ? [...found, `scrolls sideways by ${beyond} px`] : found;
}

for (const [portal, list] of Object.entries(portals)) {
  for (const walk of list) {
    test(`axe finds nothing on the pages of ${portal}'s ${walk.who}`, async ({ page }) => {
      test.setTimeout(600_000);
      const found: string[] = [];
      page.on("console", (line) => line.type() === "error" && !line.text().includes("404") && found.push(`console: ${line.text()}`));
      page.on("pageerror", (error) => found.push(`script: ${error}`));
      await walk.enter(page);
      for (const stop of await walk.stops(page)) {
        for (const { width, colorScheme } of views) {
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          await page.setViewportSize({ width, height: 900 });
          await page.goto(stop.url);
          found.push(...(await faults(page)).map((fault) => `${stop.name}, ${width} px, ${colorScheme}: ${fault}`));
        }
      }
      expect(found).toEqual([]);
    });
  }
}
