// axe finds nothing on any page, in light and dark, wide and narrow; nothing scrolls sideways; and no page logs an error.
// The second brand differs in colours and words only, so there axe looks at contrast.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { platformWalks, walks } from "./pages";
import { bluefin, northwind } from "./people";
import { visit } from "./stops";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const contrast = "color-contrast";
const portals = { northwind: walks(northwind, "northwind"), bluefin: walks(bluefin, "bluefin"), platform: platformWalks };

const everything = (page: Page) => new AxeBuilder({ page }).withTags(rules);
const colours = (page: Page) => new AxeBuilder({ page }).withRules(contrast);
const allButColours = (page: Page) => everything(page).disableRules(contrast);

/** Colours are the same at every width, and everything else in both themes. */
const views = [
  { width: 1440, colorScheme: "light", looks: everything },
  { width: 1440, colorScheme: "dark", looks: colours },
  { width: 390, colorScheme: "light", looks: allButColours },
] as const;

async function faults(page: Page, looks: (page: Page) => AxeBuilder): Promise<string[]> {
  const { violations } = await looks(page).analyze();
  const found = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return beyond > 0 ? [...found, `scrolls sideways by ${beyond} px`] : found;
}

for (const [portal, list] of Object.entries(portals)) {
  for (const walk of list) {
    test(`axe finds nothing on the pages of ${portal}'s ${walk.who}`, async ({ page }) => {
      test.setTimeout(900_000);
      const found: string[] = [];
      const looked = portal === "bluefin" ? views.slice(0, 2).map((view) => ({ ...view, looks: colours })) : views;
      page.on("console", (line) => line.type() === "error" && !/\b(404|422)\b/.test(line.text()) && found.push(`console: ${line.text()}`));
      page.on("pageerror", (error) => found.push(`script: ${error}`));
      await walk.enter(page);
      for (const stop of await walk.stops(page)) {
        await visit(page, stop);
        for (const { width, colorScheme, looks } of looked) {
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          await page.setViewportSize({ width, height: 900 });
          found.push(...(await faults(page, looks)).map((fault) => `${stop.name}, ${width} px, ${colorScheme}: ${fault}`));
        }
      }
      expect(found).toEqual([]);
    });
  }
}
