// A bare Debian that scripts/loop-test.sh started: what runs in it, what dpkg says there, and its network.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { folder } from "./fjord";

const PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

export class Machine {
  constructor(readonly name: string) {}

  private enter(namespaces: string[], line: string[]): string {
    const target = ["--target", readFileSync(join(folder, "machines", this.name, "pid"), "utf8").trim()];
    return execFileSync("nsenter", [...target, ...namespaces, ...line], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], timeout: 120_000 });
  }

  /** What a shell in the machine says to `script`. */
  sh(script: string): string {
    return this.enter(["--mount", "--uts", "--pid", "--net", "--root", "--wd"], ["/usr/bin/env", "-i", PATH, "LC_ALL=C", "HOME=/root", "/bin/sh", "-euc", script]);
  }

  /** Pulls the network's cable, or puts it back. */
  network(state: "up" | "down"): void {
    this.enter(["--net"], ["ip", "link", "set", "lo", state]);
  }

  enrol(server: string, key: string): void {
    this.sh(`portico-agent enrol --server '${server}' --key '${key}'`);
  }

  /** Starts the agent, as a supervisor would. */
  startAgent(): void {
    this.sh("portico-agent run --allow-changes >>/var/log/agent.log 2>&1 </dev/null & echo $! >/run/agent.pid");
  }

  /** The process that the policies name. */
  startTill(): void {
    this.sh("tilld infinity >/dev/null 2>&1 </dev/null & echo $! >/run/tilld.pid");
  }

  stopTill(): void {
    this.sh("kill $(cat /run/tilld.pid)");
  }

  /** The tiny packages with status and version, as dpkg itself says. */
  packages(): Map<string, string> {
    const text = this.sh("dpkg-query -W -f='${Package} ${db:Status-Abbrev} ${Version}\\n' 'portico-*'");
    const lines = text.trim().split("\n").map((line) => line.split(/\s+/));
    return new Map(lines.filter(([, status]) => status?.charAt(1) === "i").map(([name, , version]) => [name ?? "", version ?? ""]));
  }

  /** The tiny packages that are installed here and have a version 1.1 in the repository: whether that is what is installed. */
  upToDate(): Map<string, boolean> {
    const newer = this.sh("cd /repository/pool && ls */*_1.1_all.deb").split("\n").map((file) => /\/(.+)_1\.1_all/.exec(file)?.[1]);
    return new Map([...this.packages()].filter(([name]) => newer.includes(name)).map(([name, version]) => [name, version === "1.1"]));
  }

  /** How often dpkg began to configure `version` of `name`. */
  configured(name: string, version: string): number {
    const log = this.sh("cat /var/log/dpkg.log");
    return log.split("\n").filter((line) => line.includes(` configure ${name}:all ${version} `)).length;
  }
}
