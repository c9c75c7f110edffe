// Signs in at a demo server and prints the session cookie. sign-in.mjs PORT HOST EMAIL
// Only browsers resolve *.localhost, so the connection goes to 127.0.0.1 and the host name into the header.
import { ask } from "./ask.mjs";

const [port, host, email] = process.argv.slice(2);
const body = new URLSearchParams({ email, password: "portico-demo", next: "/" }).toString();
const headers = { Host: host, Origin: `http://${host}`, "Content-Type": "application/x-www-form-urlencoded", "Content-Length": Buffer.byteLength(body) };
const answer = await ask(port, { method: "POST", path: "/sign-in", headers }, body);
const cookie = (answer.headers["set-cookie"] ?? []).map((line) => line.split(";")[0]).find((pair) => pair.includes("session"));
if (answer.status !== 303 || !cookie) {
  console.error(`signing in as ${email} was answered with ${answer.status}`);
  process.exit(1);
}
console.log(cookie);
