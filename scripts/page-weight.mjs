// Prints what a browser loads for one page, as sent and compressed. page-weight.mjs PORT HOST COOKIE PATH
import { ask } from "./ask.mjs";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

const [port, host, cookie, path] = process.argv.slice(2);
const headers = { Host: host, Cookie: cookie, "Accept-Encoding": "br, gzip" };
const plain = ({ headers, bytes }) => (headers["content-encoding"] === "br" ? brotliDecompressSync(bytes) : headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes);

const page = await ask(port, { path, headers });
const html = plain(page).toString();
const found = (pattern) => [...new Set([...html.matchAll(pattern)].map((match) => match[1].replace(/#.*/, "")))];
const needed = [...found(/<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"/g), ...found(/<link[^>]+href="([^"]+)"[^>]+rel="stylesheet"/g), ...found(/<use href="([^"]+)"/g).slice(0, 1)];
const later = found(/["'(](\/[^"'()\s]+\.(?:js|wasm|woff2)[^"'()\s]*)["')]/g);

let total = page.bytes.length;
console.log(`  ${String(page.bytes.length).padStart(8)}  ${path} (${html.length} before compression)`);
for (const url of new Set(needed)) total += await weigh(url);
console.log(`  ${String(total).padStart(8)}  needed to read and act`);
for (const url of new Set(later)) await weigh(url, "afterwards: ");

async function weigh(url, note = "") {
  const answer = await ask(port, { path: url, headers });
  console.log(`  ${String(answer.bytes.length).padStart(8)}  ${note}${url}${answer.status === 200 ? "" : ` (${answer.status})`}`);
  return answer.bytes.length;
}
