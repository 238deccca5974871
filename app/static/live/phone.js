// A session on a phone: asks for one small document, the same for everybody, shows the panel that it names, sends answers.
// What is not acknowledged stays here and is sent again; only the server says "Tersimpan".

const stage = document.getElementById("panggung"), { base, seat, ticket } = stage.dataset;
const words = JSON.parse(stage.dataset.words || "{}"), extra = Number(stage.dataset.extra || 100) / 100;
const KEY = "rambu.sesi." + seat;
const LATE = "Terlambat, tetapi tersimpan dan dihitung sebagai kehadiran.";
const all = (css) => stage.querySelectorAll(css), one = (css) => stage.querySelector(css);
const write = (place, text) => { if (place && place.textContent !== text) place.textContent = text; };
const random = (most) => Math.random() * most;

// Answers that wait, what the server has stored, the last count. Private windows may refuse to keep it.
let kept = { out: {}, mine: {}, last: 0 }, isSafe = true;
const load = () => { try { kept = { ...kept, ...JSON.parse(localStorage.getItem(KEY)) }; } catch { isSafe = false; } };
const save = () => { try { localStorage.setItem(KEY, JSON.stringify(kept)); isSafe = true; } catch { isSafe = false; } };

// The server's clock: seeded by the page, better with each reply, moved on by what the phone slept through.
let ahead = stage.dataset.now - (performance.getEntriesByType("navigation")[0]?.responseStart ?? performance.now());
let quickest = Infinity, wall = Date.now() - performance.now();
const now = () => performance.now() + ahead;
function woke() {
  const slept = Date.now() - performance.now() - wall;
  if (Math.abs(slept) < 1000) return;
  [ahead, wall, quickest] = [ahead + slept, wall + slept, Infinity];
}
function setClock(told, began) {
  const rtt = performance.now() - began;
  if (rtt <= quickest) [quickest, ahead] = [rtt, told + rtt / 2 - performance.now()];
}

async function ask(url, options) {
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), 8000);
  try {
    const reply = await fetch(url, { signal: stop.signal, ...options });
    if (reply.status >= 500) throw Object.assign(new Error(), { after: Number(reply.headers.get("Retry-After")) });
    return [reply, await reply.text()];
  } finally { clearTimeout(timer); }
}
const pause = (failures, error) => error?.after ? error.after * 1000 * (1 + random(.5)) : random(Math.min(30000, 1000 * 2 ** failures));

let doc = null, failures = 0, timer = 0, lost = "";
async function poll() {
  clearTimeout(timer);
  if (document.hidden) return;
  let wait;
  try {
    const [reply, text] = await ask(base + "/keadaan", { credentials: "omit", cache: "no-cache" });
    if (!reply.ok) throw new Error();
    const before = doc;
    [doc, failures] = [JSON.parse(text), 0];
    wait = doc.poll * (.5 + Math.random());
    if (before?.run && doc.phase === "lobby") all("[data-void]").forEach((line) => { line.hidden = false; });
    fetchParts();
    tick();
    if (doc.phase === "ended" && !waiting().length) wait = over();
  } catch (error) { wait = pause(++failures, error); }
  banner();
  clearTimeout(timer);
  if (wait) timer = setTimeout(poll, wait);
}

// What it came to is each one's own page: phones come for it one after another.
const over = () => { if (one("[data-panel]")) setTimeout(() => location.reload(), 5000 + random(55000)); };

// Questions and results: the same for everybody, asked for once, each at its moment.
const parts = {}, held = (place) => Number(place?.querySelector("[data-run]")?.dataset.run);
function fetchParts() {
  if (doc.q && !doc.res) part("question", doc.q, random(now() < doc.opens - 2500 ? 2000 : 300));
  if (doc.res) part("result", doc.res, random(1500));
}
async function part(kind, url, wait) {
  if (parts[kind]?.url === url || held(one(`[data-${kind}]`)) === doc.run) return;
  const mine = parts[kind] = { url, run: doc.run };
  await new Promise((done) => setTimeout(done, wait));
  try {
    const [reply, html] = await ask(url, { credentials: "omit" });
    if (reply.ok) mine.html = html;
  } catch { /* the next poll asks again */ }
  if (!mine.html) mine.url = "";
  tick();
}
function put(kind) {
  const place = one(`[data-${kind}]`), ready = parts[kind]?.run === run && parts[kind].html;
  if (!place || held(place) === run) return;
  const hadFocus = place.contains(document.activeElement);
  if (ready) place.innerHTML = ready;
  else if (held(place)) place.textContent = "Sedang dimuat …";
  if (hadFocus) place.querySelector("[tabindex]")?.focus();
}

// What is seen.
let shown = stage.dataset.scene, run = Number(stage.dataset.run) || null, note = "", turning = 0;
const close = () => doc.opens + (doc.closes - doc.opens) * extra;
function scene() {
  if (!doc) return shown;
  if (!["ready", "open", "closed"].includes(doc.phase)) return doc.phase;
  return now() < doc.opens ? "ready" : now() < close() ? "open" : "closed";
}
function tick() {
  if (!doc) return;
  const next = scene(), isNew = doc.run !== run;
  run = doc.run;
  if (isNew) note = "";
  if (next === "open" || next === "closed") put("question");
  if (next === "revealed") put("result");
  if (next !== shown || isNew) turn(next);
  count(next);
  mark();
  all("[data-sign]").forEach((part) => { part.hidden = !doc.sign; });
}
function turn(next) {
  const hadFocus = document.activeElement?.closest?.("[data-panel]");
  const each = (css, is) => all(css).forEach((part) => { part.hidden = !is(part); });
  each("[data-panel]", (panel) => panel.dataset.panel.split(" ").includes(next));
  each("[data-left]", () => next === "open");
  each("[data-shut]", () => next === "closed");
  write(one("[data-number]"), String(doc.n ?? ""));
  shown = stage.dataset.scene = next;
  if (hadFocus?.hidden) one("[data-panel]:not([hidden]) [tabindex]")?.focus();
  const head = one("[data-panel]:not([hidden]) > h2, [data-shut]:not([hidden])")?.textContent.trim() ?? "";
  say(next === "open" ? `Pertanyaan ${doc.n} dibuka.` : next === "revealed" ? "Pembahasan." : head);
}
function count(next) {
  clearTimeout(turning);
  if (document.hidden || (next !== "ready" && next !== "open")) return;
  const left = (next === "ready" ? doc.opens : close()) - now(), seconds = Math.max(0, Math.ceil(left / 1000));
  const spot = one("[data-panel]:not([hidden]) [data-clock]"), text = next === "ready" ? String(seconds) : `Sisa ${span(seconds)}`;
  if (spot.textContent !== text && next === "open" && seconds === 10) say("Sepuluh detik lagi.");
  write(spot, text);
  turning = setTimeout(tick, Math.max(1, Math.min(250, left)));
}
const span = (all, rest = all % 60) => all <= 90 ? `${all} detik` : `${Math.floor(all / 60)} menit` + (rest ? ` ${rest} detik` : "");
const say = (text) => write(one("[data-say]"), text);

function mark() {
  const out = kept.out[run], stored = kept.mine[run], choice = (out ?? stored)?.choice, sure = (out ?? stored)?.sure;
  for (const button of all("[data-question] .answer")) {
    const is = button.name === "choice" ? button.value === choice : typeof sure === "boolean" && (button.value === "ya") === sure;
    button.setAttribute("aria-pressed", String(is));
    button.disabled = shown === "closed";
  }
  all("[data-question] [data-sure]").forEach((form) => { form.hidden = !choice; });
  const none = shown === "open" ? "Ketuk satu jawaban." : "Anda belum menjawab pertanyaan ini.";
  const is = out ? (failures || lost ? "Belum terkirim. Dikirim sendiri begitu tersambung." : "Mengirim …")
    : note || (!stored?.choice ? none : stored.timing === "on_time" ? `Tersimpan ✓ ${words[stored.choice]}` : LATE);
  write(one("[data-saved]"), is);
  const told = one("[data-result] [data-mine]"), key = one("[data-result] [data-verdict]")?.dataset.verdict;
  if (told && stored?.choice && told.hidden) {
    told.textContent = `Jawaban Anda: ${words[stored.choice]}. ` + (stored.choice === key ? "Tepat." : "Belum tepat; alasannya di bawah ini.");
    told.hidden = false;
  }
}

const waiting = () => Object.values(kept.out);
stage.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!event.target.closest("[data-question]") || !button) return;
  event.preventDefault();
  load();
  const run = held(one("[data-question]"));
  const before = kept.out[run] ?? kept.mine[run];
  const isSure = button.name === "yakin";
  if (shown !== "open" || (isSure && !before?.choice)) return;
  const at = Math.round(now());
  kept.last = Math.max(kept.last + 1, at);
  kept.out[run] = { run, choice: isSure ? before.choice : button.value, sure: isSure ? button.value === "ya" : null, seq: kept.last, at };
  note = "";
  save();
  mark();
  say("Mengirim …");
  send();
});

let isSending = false, isAgain = false, tries = 0, retry = 0, heard = 0, rest = 0;
async function send(asks = []) {
  if (lost || performance.now() < rest) return;
  if (isSending) { isAgain = true; return; }
  [isSending, isAgain] = [true, false];
  clearTimeout(retry);
  const items = waiting().slice(0, 60), began = performance.now();
  try {
    const [reply, text] = await ask(base + "/jawaban", {
      method: "POST", credentials: "omit", keepalive: true, headers: { "X-Tiket": ticket },
      body: JSON.stringify({ items, ask: asks, here: true }),
    });
    tries = 0;
    if (reply.ok) take(JSON.parse(text), items, began);
    else lost = JSON.parse(text).error;
  } catch (error) {
    const wait = pause(++tries, error);
    if (error.after) rest = performance.now() + wait;
    retry = setTimeout(() => send(asks), wait + 1);
  }
  isSending = false;
  banner();
  mark();
  if (isAgain) send();
}
function take(told, items, began) {
  setClock(told.now, began);
  load();
  for (const item of told.items) {
    const sent = items.find((one) => one.run === item.run);
    if (kept.out[item.run]?.seq === sent.seq) delete kept.out[item.run];
    if (item.choice) keep(item.run, item);
    if (item.run === run) {
      note = item.why ? item.why === "revealed" ? "Sudah dibahas, jadi tidak dapat dijawab lagi." : "Tidak dapat disimpan. Muat ulang halaman."
        : item.choice === sent.choice ? "" : `Tersimpan ✓ ${words[item.choice]}, dari ketukan yang lebih baru.`;
      say(note || (item.timing === "on_time" ? "Tersimpan." : LATE));
    }
  }
  for (const [id, item] of Object.entries(told.mine)) if (item.choice) keep(id, item);
  save();
}
function keep(id, { choice, sure, seq, timing }) {
  if (seq >= (kept.mine[id]?.seq ?? 0)) kept.mine[id] = { choice, sure, seq, timing };
}

function banner() {
  const place = one("[data-banner]"), many = waiting().length;
  const safe = isSafe ? "aman di ponsel ini dan dikirim sendiri begitu tersambung." : "belum terkirim; jangan tutup halaman ini.";
  const text = lost ? lost + (many ? ` ${many} jawaban yang belum terkirim tetap ada di ponsel ini.` : "")
    : Math.max(failures, tries) < 2 ? ""
      : many ? `Server belum dapat dihubungi. ${many} jawaban ${safe}`
        : "Server belum dapat dihubungi. Jawaban Anda sudah tersimpan; halaman ini menyambung lagi sendiri.";
  write(place.querySelector("p"), text);
  place.hidden = !text;
}

// A sign of life every ten minutes, each phone at a moment of its own; answers are one too.
function live(wait) {
  setTimeout(() => { if (!document.hidden && shown !== "ended") send(); live(600000); }, wait);
}

function back() {
  woke();
  clearTimeout(timer);
  timer = setTimeout(poll, random(500));
  tick();
  if (waiting().length || (run && now() - heard > 20000)) { heard = now(); send(run ? [run] : []); }
}
document.addEventListener("visibilitychange", () => document.hidden ? clearTimeout(timer) : back());
addEventListener("online", back);
addEventListener("pageshow", (event) => { if (event.persisted) back(); });
addEventListener("storage", (event) => { if (event.key === KEY) { load(); mark(); banner(); } });
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[action='/keluar'], [data-leave]")) try { localStorage.clear(); } catch { /* nothing kept */ }
});

load();
if (stage.dataset.mine) keep(run, JSON.parse(stage.dataset.mine));
save();
mark();
live(random(20000));
if (waiting().length) send();
timer = setTimeout(poll, random(500));
