// One request to a server on this machine, with whatever Host the caller sets.
import { request } from "node:http";

/** The status, headers and raw bytes that 127.0.0.1:`port` answers. */
export function ask(port, options, body) {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, ...options }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(chunks) }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
