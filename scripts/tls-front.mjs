// Ends TLS in front of a server on this machine, as a proxy would, and prints its own port. tls-front.mjs PORT CERTIFICATE KEY
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:https";

const [port, cert, key] = process.argv.slice(2);
const front = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (asked, answer) => {
  const headers = { ...asked.headers, "x-forwarded-for": asked.socket.remoteAddress, "x-forwarded-proto": "https" };
  const behind = request({ host: "127.0.0.1", port, method: asked.method, path: asked.url, headers }, (said) => {
    answer.writeHead(said.statusCode, said.headers);
    said.pipe(answer);
  });
  behind.on("error", () => answer.writeHead(502).end());
  asked.pipe(behind);
});
front.listen(0, "127.0.0.1", () => console.log(front.address().port));
