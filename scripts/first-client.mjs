// Prints the id of the first client that the device list's filter offers. first-client.mjs PORT HOST COOKIE
import { ask } from "./ask.mjs";

const [port, host, cookie] = process.argv.slice(2);
const page = await ask(port, { path: "/devices", headers: { Host: host, Cookie: cookie } });
const id = /value="(cli_[^"]+)"/.exec(page.bytes.toString())?.[1];
if (!id) {
  console.error(`the device list (${page.status}) offers no client to filter by`);
  process.exit(1);
}
console.log(id);
