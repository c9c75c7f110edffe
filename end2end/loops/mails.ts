// What arrived at the mail server.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { fjord, folder } from "./fjord";

export type Mail = { to: string[]; sender: [string, string]; subject: string; text: string; html: string; files: [string, string, string][] };

/** All mails so far, oldest first. */
export function mails(): Mail[] {
  const lines = readFileSync(join(folder, "mails"), "utf8").split("\n");
  return lines.slice(1).filter((line) => line.endsWith("}")).map((line) => JSON.parse(line) as Mail);
}

/** The mails whose subject holds `words`. */
export const about = (words: string): Mail[] => mails().filter((mail) => mail.subject.includes(words));

/** The one notice whose subject holds `words`: to whom it went, in whose name; gives the link in it. */
export async function notice(words: string, seconds = 30): Promise<string> {
  await expect(() => expect(about(words).length).toBeGreaterThan(0)).toPass({ timeout: seconds * 1_000, intervals: [200] });
  const [mail, ...others] = about(words);
  expect(others.map((other) => other.subject), "told once").toEqual([]);
  if (!mail) throw new Error("no mail");
  expect(mail.to).toEqual(["desk@fjord.example"]);
  expect(mail.sender).toEqual(["Fjord IT", "notices@portal.example"]);
  expect(mail.text).toContain("-- \nFjord IT\n");
  expect(mail.html).toContain("Fjord IT");
  expect(mail.text + mail.html + mail.subject, "the vendor stays unnamed").not.toMatch(/portico/i);
  const link = new RegExp(`${fjord}/alerts/alr_[0-9A-Za-z]+`).exec(mail.text)?.[0] ?? "";
  expect(link, mail.text).not.toBe("");
  expect(mail.html).toContain(link);
  return link;
}
