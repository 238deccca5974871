// Follows a session: asks once a second for a small document, changes numbers in place, and takes the
// page's piece anew when something else changed. The host's commands go by fetch, so that a bad
// network leaves the page standing. Without JavaScript pages reload and forms are plain forms.

const root = document.querySelector("[data-follow]");
const said = document.querySelector("[data-said]");
const trouble = document.querySelector("[data-trouble]");
const EVERY = 1000, PATIENCE = 8000, LONGEST = 10000;
let mark = root.dataset.mark, offset = Number(root.dataset.now) - Date.now();
let failures = 0, timer = 0, isSending = false, isOver = false;

const now = () => Date.now() + offset;

function tick() {
  for (const element of root.querySelectorAll("[data-until]")) {
    const until = Number(element.dataset.until), left = Math.max(0, until - now());
    if (element.matches("progress")) element.value = left;
    else element.textContent = shown(Math.ceil(left / 1000), element.dataset.form);
    if (left === 0 && !element.dataset.asked) {
      element.dataset.asked = "yes";
      soon(100);
    }
  }
}

function shown(seconds, form) {
  if (form !== "long") return String(seconds);
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600), minutes = Math.floor(seconds / 60) % 60;
  return (hours ? [hours, two(minutes)] : [minutes]).concat(two(seconds % 60)).join(".");
}

function soon(milliseconds) {
  clearTimeout(timer);
  if (!isOver && !document.hidden) timer = setTimeout(ask, milliseconds);
}

async function ask() {
  if (isSending) return soon(EVERY);
  try {
    const response = await fetch(`${root.dataset.follow}?m=${mark}`, {
      headers: { Accept: "application/json" }, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.type === "opaqueredirect" || [403, 404].includes(response.status)) return stop();
    if (!response.ok) throw new Error(String(response.status));
    take(await response.json());
    failures = 0;
    if (trouble) trouble.hidden = true;
  } catch {
    failures += 1;
    if (failures > 1) complain("Jaringan terputus. Halaman ini mencoba lagi sendiri; sesi tetap berjalan.");
  }
  soon(Math.min(EVERY * 2 ** Math.min(failures, 4), LONGEST));
}

function stop() {
  isOver = true;
  complain("Halaman ini tidak lagi diperbarui. Muat ulang untuk melihat keadaannya.");
}

function complain(text) {
  if (!trouble) return;
  trouble.hidden = false;
  trouble.lastElementChild.textContent = text;
}

function take(told) {
  offset = told.now - Date.now();
  if (told.html !== null && !isSending) {
    mark = told.mark;
    swap(told.html);
  }
  for (const [name, text] of Object.entries(told.counts)) {
    for (const element of root.querySelectorAll(`[data-count=${name}]`)) {
      if (element.textContent !== text) element.textContent = text;
    }
  }
}

// What is folded open stays open, and whoever was on a button is on the one that took its place.
function swap(html, isOwn = false) {
  const open = [...root.querySelectorAll("details[open][id]")].map((one) => one.id);
  const held = root.contains(document.activeElement) ? document.activeElement.id : null;
  const was = root.querySelector("#utama")?.textContent;
  root.innerHTML = html;
  for (const id of open) {
    const details = document.getElementById(id);
    if (details) details.open = true;
  }
  tick();
  if (held !== null) place(held);
  const main = root.querySelector("button#utama");
  if (main && was && was !== main.textContent && !isOwn) rest(main);
  if (said) said.textContent = root.querySelector("[data-says]")?.dataset.says ?? "";
}

function place(held) {
  const main = root.querySelector("#utama"), heading = root.querySelector("#kini-apa");
  const same = held === "kini-apa" ? main : document.getElementById(held);
  (same ?? heading)?.focus({ preventScroll: true });
}

// A button that became another one by itself must not take the tap that was meant for the old one.
function rest(button) {
  const isHeld = document.activeElement === button;
  button.disabled = true;
  setTimeout(() => {
    button.disabled = false;
    if (isHeld && document.activeElement === document.body) button.focus({ preventScroll: true });
  }, 900);
}

async function send(form, button) {
  isSending = true;
  for (const one of root.querySelectorAll("form[data-command] button")) one.disabled = true;
  try {
    const response = await fetch(form.action, {
      method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" },
      redirect: "manual", signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.status !== 200 && response.status !== 409) return location.reload();
    const html = await response.text();
    button.disabled = false;
    button.focus({ preventScroll: true });
    swap(html, true);
    mark = root.querySelector("[data-mark]").dataset.mark;
    root.querySelector("[role=alert]")?.scrollIntoView({ block: "nearest" });
  } catch {
    for (const one of root.querySelectorAll("form[data-command] button")) one.disabled = false;
    complain("Perintah belum terkirim. Tekan sekali lagi: yang sudah sampai tidak berjalan dua kali.");
  } finally {
    isSending = false;
    soon(EVERY);
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-command]")) return;
  event.preventDefault();
  if (!isSending) send(event.target, event.submitter ?? event.target.querySelector("button"));
});
document.addEventListener("visibilitychange", () => soon(0));
addEventListener("online", () => soon(0));
setInterval(tick, 250);
tick();
soon(EVERY);
