// How the journeys and the gallery run: Debian's Chromium against a server that scripts/e2e.sh starts on PORT.
import { defineConfig } from "@playwright/test";

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long one step of a loop may take. */
const patient = { actionTimeout: 15_000, navigationTimeout: 20_000 };

export default defineConfig({
  testDir: ".",
  outputDir: "results",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args },
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/Oslo",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "journeys", testMatch: "*.spec.ts", testIgnore: "loops/**" },
    { name: "gallery", testMatch: "gallery.ts", timeout: 600_000 },
    // On real machines; scripts/loop-test.sh makes them. Those that kill the server go last, alone.
    { name: "prepare", testMatch: "loops/prepare.ts", use: patient },
    { name: "loops", testMatch: ["loops/alerts.spec.ts", "loops/patches.spec.ts"], dependencies: ["prepare"], timeout: 420_000, fullyParallel: true, use: patient },
    { name: "kills", testMatch: "loops/kills.spec.ts", dependencies: ["loops"], timeout: 420_000, use: patient },
  ],
});
