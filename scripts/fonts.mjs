// Copies the Latin subsets of the variable fonts, and their licences, from npm into public/fonts.
// `node scripts/fonts.mjs` writes them; `--check` fails when a copy differs from its package.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const target = "public/fonts";
const most = 60 * 1024; // What the first page may load, in bytes: one text font.
const fonts = ["inter", "figtree", "jetbrains-mono"];

const stale = [];
mkdirSync(target, { recursive: true });
for (const font of fonts) {
  const from = `node_modules/@fontsource-variable/${font}`;
  keep(`${target}/${font}.woff2`, readFileSync(`${from}/files/${font}-latin-wght-normal.woff2`));
  keep(`${target}/${font}.licence.txt`, readFileSync(`${from}/LICENSE`));
}
if (stale.length > 0) {
  console.error(`out of date: ${stale.join(", ")}: run node scripts/fonts.mjs`);
  process.exit(1);
}

/** Writes `bytes` to `path`, or only compares when checking. */
function keep(path, bytes) {
  if (path.endsWith(".woff2") && bytes.length > most) throw new Error(`${path} would be ${bytes.length} bytes, more than ${most}`);
  if (process.argv.includes("--check")) {
    if (!existsSync(path) || !readFileSync(path).equals(bytes)) stale.push(path);
    return;
  }
  writeFileSync(path, bytes);
  console.log(`${path}: ${bytes.length} bytes`);
}
