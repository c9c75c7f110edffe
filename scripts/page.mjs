// Prints a page of a server on this machine, as whoever holds the cookie sees it. page.mjs PORT HOST COOKIE PATH
import { ask } from "./ask.mjs";

const [port, host, cookie, path] = process.argv.slice(2);
const answer = await ask(port, { path, headers: { Host: host, Cookie: cookie } });
if (answer.status !== 200) {
  console.error(`${path} was answered with ${answer.status}`);
  process.exit(1);
}
process.stdout.write(answer.bytes);
