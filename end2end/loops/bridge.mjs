// A wire between a machine's own network and the portal: what connects to FROM goes on to TO. Each is a port of 127.0.0.1 or a socket's path.
import { createConnection, createServer } from "node:net";

const [from, to] = process.argv.slice(2).map((end) => (/^\d+$/.test(end) ? { host: "127.0.0.1", port: Number(end) } : { path: end }));

createServer((near) => {
  const far = createConnection(to);
  for (const [one, other] of [[near, far], [far, near]]) {
    one.pipe(other);
    one.on("error", () => other.destroy());
    one.on("close", () => other.destroy());
  }
}).listen(from);
