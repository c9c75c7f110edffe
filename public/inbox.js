// The inbox of alerts while it is open. Told that something changed, it asks for the list again and puts it in place without
// taking away what is chosen, focused or read right now; and the list can be worked through by keys while it has the focus.
// Without this script the page is whole, and stays as it was made.

const live = document.getElementById("live");
const found = document.getElementById("found");
const said = live.querySelector("[role=status]");
const show = live.querySelector(".live");
const panel = document.getElementById("inbox-keys");

const rows = (of) => [...of.querySelectorAll(".list .row")];
const link = (row) => row.querySelector(".row-link");
const name = (row) => link(row).getAttribute("href");
const box = (row) => row.querySelector("[name=alert]");
const rowOf = (element) => (element && found.contains(element) ? element.closest(".list .row") : null);
const called = (of, wanted) => rows(of).find((row) => name(row) === wanted);

/* The list stays up to date. */

let newer = null; // a newer page of which the list is not shown yet

/** Whether nobody is in the middle of something that another list would disturb. */
function calm(page) {
  const at = document.activeElement;
  const row = rowOf(at);
  const lost = row ? !called(page, name(row)) : found.contains(at);
  const unchosen = rows(found).some((one) => box(one)?.checked && !(called(page, name(one)) && box(called(page, name(one)))));
  const note = found.querySelector("[name=note]")?.value && !page.querySelector("#found .list");
  return !lost && !unchosen && !note && !found.matches(":hover") && !found.querySelector("details[open]") && !panel.matches(":popover-open") && String(getSelection()) === "";
}

/** Shows the newer list, or says that there is one. */
function settle() {
  if (!newer) return;
  const known = new Set(rows(found).map(name));
  const fresh = rows(newer).filter((row) => !known.has(name(row)));
  const words = fresh.length === 0 ? "" : fresh.length === 1 ? "1 new alert" : `${fresh.length} new alerts`;
  if (calm(newer)) {
    place(newer);
    if (words) said.textContent = fresh.length === 1 ? `${words}: ${link(fresh[0]).textContent}` : words;
    return;
  }
  const text = `${words || "The list changed"}, show`;
  if (show.hidden || show.textContent !== text) said.textContent = words || "The list changed";
  show.textContent = text;
  show.hidden = false;
}

/** Puts the list of `page` in place: what was chosen stays chosen, the focus stays on its alert, and nothing jumps. */
function place(page) {
  newer = null;
  show.hidden = true;
  const after = page.getElementById("found");
  const known = new Set(rows(found).map(name));
  const chosen = new Set(rows(found).filter((row) => box(row)?.checked).map(name));
  const [at, focused] = [document.activeElement, rowOf(document.activeElement)];
  const held = focused && { row: name(focused), href: at.getAttribute("href") };
  const anchor = scrollY > 0 && (focused ?? rows(found).find((row) => row.getBoundingClientRect().bottom > 0));
  const from = anchor && { row: name(anchor), top: anchor.getBoundingClientRect().top };

  const [list, next] = [found.querySelector(".list"), after.querySelector(".list")];
  if (list && next) {
    list.replaceChildren(...next.childNodes);
    found.querySelector(".pager")?.replaceWith(...after.querySelectorAll(".pager"));
  } else {
    found.replaceChildren(...after.childNodes);
  }
  for (const row of rows(found)) {
    if (chosen.has(name(row)) && box(row)) box(row).checked = true;
    if (known.size > 0 && !known.has(name(row))) row.dataset.fresh = "";
  }
  const again = held && called(found, held.row);
  if (again) (held.href ? again.querySelector(`a[href="${CSS.escape(held.href)}"]`) ?? link(again) : box(again) ?? link(again)).focus({ preventScroll: true });
  const same = from && called(found, from.row);
  if (same) scrollBy({ top: same.getBoundingClientRect().top - from.top, behavior: "instant" });
  figures(page);
  live.dataset.version = page.getElementById("live").dataset.version;
}

/** The counts around the list say what the list says. */
function figures(page) {
  const counts = [...page.querySelectorAll(".filter-bar .chip-count")];
  document.querySelectorAll(".filter-bar .chip-count").forEach((count, n) => (count.textContent = counts[n]?.textContent ?? ""));
  const [note, after] = [document.querySelector(".filters-note"), page.querySelector(".filters-note")];
  if (note && after && !note.contains(document.activeElement)) note.replaceWith(after);
}

let [over, stale] = [false, false]; // signed out; older than it looks
let [asked, taken, failures] = [0, 0, 0]; // the turn of the last question, that of the last answer, and how many failed since one did not

/** Says what only another load of the page mends. */
function instead(words) {
  newer = null;
  show.textContent = said.textContent = words;
  show.hidden = false;
}

/** Asks for the list again. */
async function refresh() {
  const turn = ++asked;
  // The header tells the server that nobody did anything; what hangs counts as failed.
  const asking = fetch(live.dataset.from, { headers: { accept: "text/html", "x-background": "1" }, signal: AbortSignal.timeout(30_000) });
  const [answer, text] = await asking.then(async (answer) => [answer, await answer.text()]).catch(() => []);
  if (over || turn < taken) return;
  taken = turn;
  if (answer?.redirected && new URL(answer.url).pathname.endsWith("/sign-in")) {
    over = true;
    source?.close();
    return instead("You are signed out. Sign in again");
  }
  const page = answer?.ok && !answer.redirected && new DOMParser().parseFromString(text, "text/html");
  if (!page || !page.getElementById("found")) {
    failures += 1;
    if (!stale && (failures > 1 || answer?.status === 403)) {
      stale = true;
      instead("This list is not up to date. Reload the page.");
    }
    return soon();
  }
  if (stale) said.textContent = "";
  [failures, stale] = [0, false];
  newer = page;
  settle();
}

const PAUSE = 4000; // between two lists, however much changes; longer with each that failed
let [last, due] = [0, null];
function soon() {
  if (over || document.hidden) return;
  due ??= setTimeout(() => {
    [due, last] = [null, Date.now()];
    refresh();
  }, Math.max(0, last + PAUSE * 2 ** Math.min(failures, 6) - Date.now()));
}

let [source, again] = [null, null];

/** Listens while somebody looks: a browser opens few connections to a host, and a hidden tab needs none. */
function listen() {
  clearTimeout(again);
  if (over || source || document.hidden) return;
  if (failures > 0) soon();
  source = new EventSource(`${live.dataset.stream}?seen=${live.dataset.version}`);
  source.addEventListener("changed", (event) => {
    const now = JSON.parse(event.data);
    for (const count of document.querySelectorAll(`.side-link[href="${CSS.escape(new URL(live.dataset.stream, location).pathname.replace(/\/live$/, ""))}"] .side-count`)) count.textContent = now.open;
    if (now.version !== live.dataset.version) soon();
  });
  source.addEventListener("error", () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    source = null;
    soon();
    again = setTimeout(listen, 30_000 + Math.random() * 30_000);
  });
}

function rest() {
  source?.close();
  clearTimeout(due);
  [source, due] = [null, null];
}

document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
addEventListener("pagehide", rest);
addEventListener("pageshow", listen);
show.addEventListener("click", () => {
  if (over || stale) return location.reload();
  if (newer) place(newer);
  const first = rows(found)[0];
  if (first) link(first).focus();
});
found.addEventListener("pointerleave", settle);
found.addEventListener("focusout", () => setTimeout(settle));

/* The list can be worked through by keys. They act only while one of its alerts has the focus, and never with a modifier. */

const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
const KEPT = "inbox";
let stood = null; // the alert that had the focus before the bar of acts
let implied = null; // the alert that a key chose because none was
let busy = false; // an act is on its way, and the page about to go

const form = () => found.querySelector("form.decide");
const button = (act) => form().querySelector(`button[name=act][value=${act}]`);

function focus(row) {
  if (!row) return;
  link(row).focus();
  row.scrollIntoView({ block: "nearest" });
}

/** Remembers where somebody stood who works by keys, for when this list is shown next. */
function remember(row) {
  sessionStorage.setItem(KEPT, JSON.stringify({ from: live.dataset.from, row: name(row), at: rows(found).indexOf(row) }));
}

/** Has the alert chosen when none is. */
function choose(row) {
  unchoose();
  stood = name(row);
  if (rows(found).some((one) => box(one)?.checked)) return;
  box(row).click();
  implied = stood;
}

/** Takes back what a key chose; what a person chose stays. */
function unchoose() {
  const row = implied && called(found, implied);
  if (row && box(row)) box(row).checked = false;
  implied = null;
}

const ACTS = {
  Enter: (row) => (remember(row), link(row).click()),
  "?": () => panel.togglePopover(),
};
const DECIDE = {
  x: (row) => box(row).click(),
  a: (row) => (choose(row), remember(row), form().requestSubmit(button("acknowledge"))),
  r: (row) => (choose(row), remember(row), form().requestSubmit(button("resolve"))),
  s: (row) => (choose(row), remember(row), form().querySelector("[name=snooze]").focus()),
  n: (row) => (choose(row), remember(row), form().querySelector("[name=note]").focus()),
  d: (row) => {
    choose(row);
    remember(row);
    const ask = form().querySelector("details.confirm");
    ask.open = true;
    button("dismiss").focus();
  },
};

found.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
  if (event.key === "Escape") return back(event);
  // Another act would take what the first one took.
  if (busy) return (event.key === "Enter" || event.key === " ") && event.preventDefault();
  if (event.target.closest(".decide-bar")) return inBar(event);
  const row = rowOf(event.target);
  if (!row) return;
  const step = event.shiftKey ? undefined : STEPS[event.key];
  if (step) {
    event.preventDefault();
    const all = rows(found);
    return focus(all[all.indexOf(row) + step]);
  }
  const act = ACTS[event.key] ?? (form() ? DECIDE[event.key] : undefined);
  // A link of the row opens itself.
  if (!act || (event.shiftKey && event.key !== "?") || (event.key === "Enter" && event.target.matches("a"))) return event.key === "Enter" && remember(row);
  event.preventDefault();
  if (!event.repeat) act(row);
});

/** In the bar Enter snoozes for what is chosen. */
function inBar(event) {
  if (event.key === "Enter" && event.target.matches("[name=snooze]")) {
    event.preventDefault();
    form().requestSubmit(button("snooze"));
  }
}

/** Escape takes back what a key began, and goes from the bar to the list. A browser that is loading stops, so the page stays. */
function back(event) {
  busy = false;
  unchoose();
  form()?.querySelectorAll("details[open]").forEach((ask) => (ask.open = false));
  if (event.target.closest(".decide-bar")) focus(called(found, stood) ?? rows(found)[0]);
}

found.addEventListener("change", (event) => event.target.matches("[name=alert]") && (implied = null));
found.addEventListener("toggle", (event) => event.target.open || unchoose(), true); // the event does not bubble
found.addEventListener("submit", () => (busy = true));
addEventListener("pageshow", () => {
  busy = false;
  unchoose();
});

panel.querySelector("button").addEventListener("click", () => {
  panel.hidePopover();
  focus(rows(found)[0]);
});

const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
sessionStorage.removeItem(KEPT);
if (kept?.from === live.dataset.from && document.activeElement === document.body) focus(called(found, kept.row) ?? rows(found)[Math.min(kept.at, rows(found).length - 1)]);

live.querySelector("[popovertarget]").hidden = false;
listen();
