// The desk's page: asks the server for groups, shows one, sends decisions. All text of others comes as text,
// or as HTML that the server has made safe; nothing is kept here that the server does not know.
"use strict";

const desk = document.getElementById("desk");
const by = (id) => document.getElementById(id);
const page = Array.from(crypto.getRandomValues(new Uint8Array(8)), (n) => n.toString(16).padStart(2, "0")).join("");
const number = (points) => String(Math.round(points * 100) / 100);
const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
const LABELS = {"equivalent to the model answer": "same", "not equivalent to the model answer": "other"};
const STANDS = {
  open: "", changed: "Changed since it was marked", done: "Marked", elsewhere: "Scored elsewhere, in Formgrader for example",
  none: "Nothing was written: 0 points already, nobody has to decide",
};

let all = {items: [], groups: [], n_answers: 0, n_waiting: 0};
let group = null;
let chosen = new Set();
let guess = null; // what the server guesses of the group that is open: yes or no by item, until a person says
let untouched = new Set(); // the items that are as they were guessed, and that nobody has pressed
const outcomes = []; // whether each guess of this page was kept
let armed = false;
let busy = false;
let early = false;
let replace = false;
let sampled = null;

async function call(name, fields = {}) {
  const response = await fetch(`${desk.dataset.base}/api/${name}`, {
    method: "POST",
    keepalive: name === "let-go",
    headers: {"Content-Type": "application/json", "X-XSRFToken": desk.dataset.xsrf},
    body: JSON.stringify({assignment: desk.dataset.assignment, question: desk.dataset.question, page, ...fields}),
  }).catch(() => {
    throw new Error("The server does not answer. What this page called saved is saved; start make mark again.");
  });
  const told = await response.json().catch(() => ({}));
  if (!response.ok) {
    const login = response.status === 403 ? "You are logged out: open the page again." : "";
    const error = new Error(login || told.message || `The server answered ${response.status}. Nothing was written.`);
    error.told = told;
    throw error;
  }
  return told;
}

function say(text, bad = false) {
  by("status").textContent = text;
  by("status").classList.toggle("bad", bad);
}

/** Whether the next answer is not shown yet: what is pressed before it is seen is not about it. */
function tooEarly() {
  early ||= busy;
  return busy;
}

/** Run one thing at a time; whatever fails is told, and the groups are asked for again. */
async function once(work) {
  if (tooEarly()) return;
  busy = true;
  desk.setAttribute("aria-busy", true);
  try {
    await work();
  } catch (error) {
    const changed = (error.told?.points || []).map((points) => points === null ? "no points" : number(points));
    say(error.message + (changed.length ? ` Now: ${changed.slice(0, 5).join(", ")}.` : ""), true);
    if (error.told?.message) await load().catch(() => {});
  } finally {
    busy = false;
    desk.setAttribute("aria-busy", false);
    if (early) by("status").append(" What was pressed before the answer was shown is left out: press it again.");
    early = false;
  }
}

function make(tag, facts = {}, ...children) {
  const element = Object.assign(document.createElement(tag), facts);
  element.append(...children);
  return element;
}

// ---- groups

async function ask() {
  all = await call("question", {distance: Number(by("distance").value)});
  showProgress();
  showGroups();
}

async function load(wanted = null) {
  await ask();
  const kept = wanted || (group ? Object.keys(group.versions) : []);
  const found = all.groups.find((each) => kept.some((grade) => grade in each.versions) && (wanted || each.waits) && !each.held_by);
  await open(found || next(-1));
}

function showProgress() {
  const done = all.n_answers - all.n_waiting;
  const left = all.groups.filter((each) => each.waits).length;
  by("progress").textContent = `${done} of ${plural(all.n_answers, "answer")} marked, ${plural(left, "group")} left`;
  by("bar").value = all.n_answers ? done / all.n_answers : 1;
  const distance = Number(by("distance").value);
  by("distance-told").textContent = distance ? `${Math.round(100 * distance)} % apart at most` : "only equal ones";
  by("second").disabled = !all.n_second && !sampled;
}

function next(place, step = 1) {
  for (let at = place + step; at >= 0 && at < all.groups.length; at += step) {
    if (all.groups[at].waits && !all.groups[at].held_by) return all.groups[at];
  }
  return null;
}

async function open(found) {
  group = found;
  armed = replace = false;
  guess = null;
  untouched.clear();
  by("answers").replaceChildren();
  if (!group) return showEnd();
  const asked = by("guesses").checked && group.stand === "open" && !group.suggested;
  const told = await call("take", {grades: Object.keys(group.versions), names: by("names").checked, guesses: asked});
  begin(told.guess || null);
  by("comment").value = group.comment || "";
  showItems();
  showGroup(told.answers);
}

/** Begin with what the group has, or with what answers like these earned, or with what is guessed. */
function begin(guessed) {
  guess = guessed;
  untouched = new Set(Object.keys(guess?.items || {}));
  const before = guess ? [...untouched].filter((id) => guess.items[id]) : group.suggested || group.items;
  chosen = new Set(before.filter((id) => all.items.some((item) => item.id === id)));
}

function guessTold() {
  if (!guess) return "";
  const last = outcomes.slice(-20);
  const here = last.length ? `; you kept ${last.filter(Boolean).length} of the last ${last.length}` : "";
  return `Guessed from ${guess.n_marked} marked groups, ${guess.n_right} of which it would get right from the others${here}. Read before you press Enter`;
}

function showEnd() {
  chosen = new Set();
  guess = null;
  untouched.clear();
  by("comment").value = "";
  showItems();
  const held = all.groups.filter((each) => each.waits).length;
  by("group-title").textContent = held ? "Others have the rest on their desks" : "All answers are marked";
  by("group-told").textContent = held ? "Skip to look again." : "Run make feedback for the pages, or go back to the list.";
  by("group-title").focus();
}

function showGroup(answers) {
  const count = Object.keys(group.versions).length;
  const waiting = all.groups.filter((each) => each.waits);
  const place = waiting.indexOf(group);
  const kind = {empty: "nothing but signs", stub: "stubs"}[group.kind];
  by("group-title").textContent = plural(count, "answer") + (kind ? `, ${kind}` : "");
  const told = [place >= 0 ? `Group ${place + 1} of ${waiting.length}` : "", STANDS[group.stand]];
  if (group.points !== null) told.push(`${number(group.points)} points`);
  if (group.suggested) told.push(group.kind ? "0 points are suggested" : "suggested: what answers like these earned");
  told.push(guessTold());
  by("group-told").replaceChildren(told.filter(Boolean).join(". "));
  for (const [text, times] of Object.entries(group.labels)) {
    by("group-told").append(" ", make("span", {className: `label ${LABELS[text] || ""}`, textContent: times === count ? text : `${times} ${text}`}));
  }
  const shown = answers.map(answerCard);
  by("answers").replaceChildren(...shown.slice(0, 8));
  if (shown.length > 8) {
    const more = make("button", {type: "button", textContent: `Show ${shown.length - 8} more`});
    more.addEventListener("click", () => more.replaceWith(...shown.slice(8)));
    by("answers").append(more);
  }
  by("group-title").focus({preventScroll: true});
  if (scrollY > by("group-title").offsetTop) scrollTo(0, 0);
}

function answerCard(answer) {
  const called = answer.called.length > 4 ? [...answer.called.slice(0, 4), `and ${answer.called.length - 4} more`] : answer.called;
  const title = make("h3", {textContent: called.join(", ") + (answer.grades.length > 1 ? ` (${answer.grades.length} equal)` : "")});
  title.dataset.called = answer.called.join("\n");
  const header = make("header", {}, title);
  if (answer.label && !(group?.labels[answer.label] === Object.keys(group?.versions || {}).length)) header.append(make("span", {className: `label ${LABELS[answer.label] || ""}`, textContent: answer.label}));
  if (group && Object.keys(group.versions).length > answer.grades.length) header.append(action("Split off", () => split(answer.grades)));
  if (group?.stand === "elsewhere") header.append(action("Mark it here instead", () => { replace = true; say("Enter replaces the score that was given elsewhere."); }));
  const body = make("div");
  body.innerHTML = answer.html || "<p>(no answer)</p>"; // made safe by the server
  return make("article", {className: "answer"}, header, body);
}

function action(text, work) {
  const button = make("button", {type: "button", className: "plain", textContent: text});
  button.addEventListener("click", () => once(async () => work()));
  return button;
}

async function split(grades) {
  await call("together", {grades});
  const rest = Object.keys(group.versions).filter((grade) => !grades.includes(grade));
  await load(rest);
  say(`${plural(grades.length, "answer")} split off.`);
}

function showGroups() {
  by("groups").replaceChildren(...all.groups.map((each) => {
    const count = plural(Object.keys(each.versions).length, "answer");
    const stand = each.held_by ? `${each.held_by} has it` : each.waits ? "waits" : `${STANDS[each.stand].split(",")[0]}`;
    const points = each.points === null ? "" : `, ${number(each.points)} points`;
    const row = make("li", {}, make("span", {textContent: `${count}, ${stand}${points}`}), make("span", {className: "words quiet", textContent: each.excerpt}));
    row.append(action("Open", () => open(each)));
    row.append(action("Merge", () => merge(each)));
    return row;
  }));
}

async function merge(other) {
  if (!group || other === group) return say("Choose another group to merge with the one that is open.");
  const grades = [...Object.keys(group.versions), ...Object.keys(other.versions)];
  await call("together", {grades});
  await load(grades);
  say("The two groups are one now.");
}

// ---- items

function earned() {
  const sum = all.items.filter((item) => chosen.has(item.id)).reduce((total, item) => total + item.points, 0);
  return Math.min(Math.max(sum, 0), Number(desk.dataset.worth));
}

function showItems() {
  const focused = document.activeElement?.dataset?.item;
  by("items").replaceChildren(...all.items.map((item, place) => {
    const on = chosen.has(item.id);
    const text = make("span");
    text.innerHTML = item.html; // made safe by the server
    const toggle = make("button", {type: "button", className: "item"},
      make("span", {className: "sign", textContent: on ? desk.dataset.sign : ""}), text,
      make("span", {className: "worth", textContent: `${number(item.points)} `}));
    toggle.lastChild.append(make("kbd", {textContent: place < 9 ? place + 1 : "–"}));
    toggle.setAttribute("aria-pressed", on);
    toggle.dataset.item = item.id;
    if (untouched.has(item.id)) {
      toggle.dataset.guess = on ? "yes" : "no";
      text.append(" ", make("span", {className: "guess", textContent: on ? "guessed: yes" : "guessed: no"}));
    }
    toggle.addEventListener("click", () => flip(item.id));
    const edit = make("button", {type: "button", className: "plain", textContent: "Edit"});
    edit.setAttribute("aria-label", `Edit item ${place + 1}`);
    edit.addEventListener("click", () => revise(item));
    return make("li", {}, toggle, edit);
  }));
  if (focused) by("items").querySelector(`[data-item="${focused}"]`)?.focus();
  by("sum").textContent = `${number(earned())} of ${number(Number(desk.dataset.worth))}`;
  const total = all.items.reduce((sum, item) => sum + Math.max(item.points, 0), 0);
  by("sum-told").hidden = Math.abs(total - Number(desk.dataset.worth)) < 1e-6 || !all.items.length;
  by("sum-told").textContent = `The items add up to ${number(total)}, and the question is worth ${number(Number(desk.dataset.worth))}.`;
}

function flip(id) {
  if (tooEarly()) return;
  chosen.has(id) ? chosen.delete(id) : chosen.add(id);
  untouched.delete(id);
  armed = false;
  showItems();
}

function every() {
  chosen = new Set(all.items.filter((item) => item.points > 0).map((item) => item.id));
  untouched.clear();
  armed = false;
  showItems();
}

function none() {
  chosen.clear();
  untouched.clear();
  armed = true;
  showItems();
}

// ---- decisions

async function decide() {
  if (sampled) return markAgain();
  if (!group) return load();
  if (!chosen.size && !group.kind && !armed) {
    armed = true;
    return say("No item is chosen. Enter again for 0 points.");
  }
  const done = group;
  const waited = done.waits;
  const comment = by("comment").value === (done.comment || "") ? null : by("comment").value;
  const told = await call("decide", {versions: done.versions, items: [...chosen], comment, replace});
  if (guess) outcomes.push(Object.entries(guess.items).every(([id, yes]) => chosen.has(id) === yes));
  done.waits = false;
  done.stand = "done";
  if (waited) all.n_waiting -= told.n_written;
  const kept = told.n_kept ? `; ${plural(told.n_kept, "score")} from elsewhere kept` : "";
  const following = next(all.groups.indexOf(done)) || next(-1);
  if (following) {
    showProgress();
    await open(following);
  } else {
    group = null;
    await load();
  }
  say(`Saved: ${told.points === null ? "nothing changed" : `${number(told.points)} points`} for ${plural(told.n_written, "answer")}${kept}.`);
}

async function undo() {
  if (sampled) return say("Choose again: the last look at this answer counts.");
  const {grades} = await call("undo");
  await load(grades);
  say(`Taken back for ${plural(grades.length, "answer")}.`);
}

async function skip(step) {
  if (sampled) return;
  if (all.groups.some((each) => each.held_by)) await ask(); // others may have let go of theirs
  const [mine] = group ? Object.keys(group.versions) : [];
  const place = all.groups.findIndex((each) => mine in each.versions);
  if (place >= 0) all.groups[place] = group; // as it is shown: what changed meanwhile is told when it is marked
  const found = next(place, step) || next(step > 0 ? -1 : all.groups.length, step);
  if (!found) return load();
  if (found === group) return say("No other group waits.");
  await open(found);
  say("");
}

// ---- a sample, marked twice

async function second() {
  if (sampled) {
    sampled = null;
    by("second").textContent = "Mark a sample again";
    return load();
  }
  by("second").textContent = "Back to marking";
  await call("let-go");
  await nextOfSample();
}

async function nextOfSample() {
  sampled = await call("second");
  group = guess = null;
  chosen = new Set();
  untouched.clear();
  const [grade] = sampled.left;
  const told = grade ? await call("read", {grades: [grade], names: false}) : null;
  by("group-title").textContent = grade ? "Mark this answer again" : "The sample is marked twice";
  by("group-told").textContent = `${sampled.n_sample - sampled.left.length} of ${plural(sampled.n_sample, "answer")} of the sample. Blind: no score changes.`;
  showItems();
  if (told) {
    by("answers").replaceChildren(...told.answers.map(answerCard));
  } else {
    const rows = sampled.agreement.map((item) => [item.text, item.told]);
    by("answers").replaceChildren(table(["Item", "The two rounds"], rows));
  }
  by("group-title").focus();
}

async function markAgain() {
  const [grade] = sampled.left;
  if (!grade) return second();
  await call("mark-again", {grade, items: [...chosen]});
  await nextOfSample();
  say("Kept.");
}

function table(titles, rows) {
  const head = make("tr", {}, ...titles.map((title) => make("th", {scope: "col", textContent: title})));
  const body = rows.map((row) => make("tr", {}, ...row.map((cell) => make("td", {textContent: cell}))));
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
}

// ---- changes of items

let revision = null;

function revise(item) {
  revision = {item: item ? item.id : "", retired: false, token: ""};
  by("revise-title").textContent = item ? "Change an item" : "Add an item";
  by("revise-text").value = item ? item.text : "";
  by("revise-points").value = item ? item.points : 1;
  by("revise-remove").hidden = !item;
  showRevision("");
  by("revise").showModal();
}

function showRevision(text, rows = null) {
  by("revise-told").textContent = text;
  by("revise-table").replaceChildren(...(rows ? [table(["Who", "Points now", "Then"], rows)] : []));
  by("revise-yes").hidden = !revision.token;
}

function asked() {
  return {item: revision.item, text: by("revise-text").value, points: Number(by("revise-points").value), retired: revision.retired};
}

async function preview(retired) {
  revision.retired = retired;
  revision.token = "";
  try {
    const told = await call("preview", {...asked(), names: by("names").checked});
    revision.token = told.token;
    const rows = told.changed.map(([who, before, after]) => [who, number(before), number(after)]);
    const kept = told.kept.length ? ` ${plural(told.kept.length, "score")} given elsewhere stay: ${told.kept.slice(0, 8).join(", ")}.` : "";
    const what = retired ? "The item is removed. " : "";
    showRevision(what + (rows.length ? `${plural(rows.length, "score")} change.` : "No score changes.") + kept, rows.length ? rows : null);
    by("revise-yes").textContent = retired ? "Remove it" : rows.length ? `Change it, and ${plural(rows.length, "score")}` : "Change it";
    by("revise-yes").focus();
  } catch (error) {
    showRevision(error.message);
  }
}

async function agree() {
  try {
    await call("revise", {...asked(), token: revision.token});
  } catch (error) {
    revision.token = "";
    return showRevision(error.message);
  }
  by("revise").close();
  const before = new Set(chosen);
  await load(group ? Object.keys(group.versions) : null);
  if (group?.waits) {
    chosen = new Set([...before].filter((id) => all.items.some((item) => item.id === id)));
    untouched.clear();
    showItems();
  }
  say("The mark scheme is changed.");
}

// ---- what this browser remembers

function remembered(name) {
  try { return localStorage.getItem(`desk-${name}`); } catch { return null; } // a browser may refuse to keep anything
}

function remember(name, value) {
  try { localStorage.setItem(`desk-${name}`, value); } catch { /* then it holds for this page */ }
}

// ---- keys and buttons

function pressed(event) {
  if (by("revise").open || event.ctrlKey && event.key !== "Enter" || event.altKey || event.metaKey) return;
  const typing = event.target.closest("textarea, input:not([type=checkbox]):not([type=range])");
  if (typing) {
    if (event.key === "Escape") by("group-title").focus();
    if (event.key === "Enter" && event.ctrlKey) { event.preventDefault(); once(decide); }
    return;
  }
  if (!by("keys").checked) return;
  const works = {a: every, u: undo, n: () => skip(1), p: () => skip(-1), "0": none};
  const key = event.key.toLowerCase();
  if (/^[1-9]$/.test(key)) {
    if (all.items[key - 1]) flip(all.items[key - 1].id);
  } else if (key === "c") {
    event.preventDefault();
    by("comment").focus();
  } else if (key === "enter") {
    if (event.target.closest("button, a, summary, input")) return; // it does what it says
    event.preventDefault();
    once(decide);
  } else if (key in works) {
    once(async () => works[key]());
  }
}

addEventListener("keydown", pressed);
by("go").addEventListener("click", () => once(decide));
by("undo").addEventListener("click", () => once(undo));
by("skip").addEventListener("click", () => once(() => skip(1)));
by("second").addEventListener("click", () => once(second));
by("add").addEventListener("click", () => revise(null));
by("revise-show").addEventListener("click", () => preview(false));
by("revise-remove").addEventListener("click", () => preview(true));
by("revise-yes").addEventListener("click", () => once(agree));
for (const id of ["revise-text", "revise-points"]) {
  by(id).addEventListener("input", () => { revision.token = ""; showRevision(""); });
}
by("distance").addEventListener("input", showProgress);
for (const id of ["distance", "names"]) by(id).addEventListener("change", () => once(() => load()));
by("guesses").checked = remembered("guesses") !== "off";
by("guesses").addEventListener("change", () => {
  remember("guesses", by("guesses").checked ? "on" : "off");
  once(() => load());
});
addEventListener("pagehide", () => { call("let-go").catch(() => {}); });
setInterval(() => { if (group) call("take", {grades: Object.keys(group.versions), names: false}).catch(() => {}); }, 60_000);
once(() => load());
