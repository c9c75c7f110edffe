// Builds public/icons.svg, one sprite with only the Lucide icons named in style/icons.txt.
// `node scripts/icons.mjs` writes it and sorts the list; `--check` fails when either is out of date.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const list = "style/icons.txt";
const sprite = "public/icons.svg";
const source = (name) => `node_modules/lucide-static/icons/${name}.svg`;

const written = readFileSync(list, "utf8");
const names = [...new Set(written.split(/\s+/).filter(Boolean))].sort();
const unknown = names.filter((name) => !existsSync(source(name)));
if (unknown.length > 0) {
  console.error(`${list} names icons that Lucide does not have: ${unknown.join(", ")}`);
  process.exit(1);
}

/** The shapes of one icon, without its outer element and its spare white space. */
function shapes(name) {
  const svg = readFileSync(source(name), "utf8").replace(/<!--.*?-->/gs, "");
  return svg
    .slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
    .replace(/\s+/g, " ")
    .replace(/ ?\/>/g, "/>")
    .replace(/> </g, "><")
    .trim();
}

const symbols = names.map((name) => `<symbol id="${name}" viewBox="0 0 24 24">${shapes(name)}</symbol>`);
const result = `<svg xmlns="http://www.w3.org/2000/svg">
<!-- Lucide icons, ISC licence, https://lucide.dev. Made by scripts/icons.mjs from style/icons.txt. -->
${symbols.join("\n")}
</svg>
`;
const sorted = `${names.join("\n")}\n`;

if (process.argv.includes("--check")) {
  const current = existsSync(sprite) ? readFileSync(sprite, "utf8") : "";
  if (current !== result || written !== sorted) {
    console.error(`${sprite} or the order of ${list} is out of date: run node scripts/icons.mjs`);
    process.exit(1);
  }
} else {
  writeFileSync(list, sorted);
  writeFileSync(sprite, result);
  console.log(`${sprite}: ${names.length} icons, ${result.length} bytes`);
}
