// Pictures of every page at two sizes, in two themes, for two brands, to be looked at: end2end/gallery/.
// GALLERY_BRANDS=northwind makes one brand only.
import { test } from "@playwright/test";
import { platformWalks, type Walk, walks } from "./pages";
import { bluefin, northwind } from "./people";
import { visit } from "./stops";

const all: Record<string, Walk[]> = { northwind: walks(northwind, "northwind"), bluefin: walks(bluefin, "bluefin"), platform: platformWalks };
const wanted = (process.env.GALLERY_BRANDS ?? Object.keys(all).join(",")).split(",");
const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

for (const brand of wanted) {
  for (const walk of all[brand] ?? []) {
    test(`pictures of ${brand}'s pages for its ${walk.who}`, async ({ page }) => {
      await page.emulateMedia({ reducedMotion: "reduce" });
      await walk.enter(page);
      for (const stop of await walk.stops(page)) {
        for (const [size, viewport] of Object.entries(sizes)) {
          for (const colorScheme of ["light", "dark"] as const) {
            await page.setViewportSize(viewport);
            await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
            await visit(page, stop);
            await page.evaluate(() => document.fonts.ready);
            await page.screenshot({ path: `${import.meta.dirname}/gallery/${brand}/${walk.who}-${stop.name}-${size}-${colorScheme}.png` });
          }
        }
      }
    });
  }
}
