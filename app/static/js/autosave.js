// Saves a quiz answer as soon as it is chosen. What could not be sent stays on this phone, as
// attempt, question and option only, and is sent again from whichever quiz page opens next.

const PREFIX = "rambu.jawaban.";
const FIRST_WAIT = 2000, LONGEST_WAIT = 30000;
const form = document.querySelector("form[data-autosave]");
const review = document.querySelector("[data-autosave-review]");
const done = document.querySelector("[data-autosave-done]");
const status = document.querySelector("[data-autosave-status]");
const token = form?.elements.csrf_token.value ?? review?.dataset.token;
let revision = Number(form?.dataset.revision ?? 0);
let isSending = false, wait = FIRST_WAIT;

// Private windows may refuse storage; the page then saves without a safety net.
const store = {
  get(key) { try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(PREFIX + key, JSON.stringify(value)); } catch { memory.set(key, value); } },
  drop(key) { memory.delete(key); try { localStorage.removeItem(PREFIX + key); } catch { /* nothing to drop */ } },
  keys(start) {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX + start)).map((key) => key.slice(PREFIX.length));
    } catch { return []; }
  },
};
const memory = new Map();

function say(text) {
  if (status) status.textContent = text;
}

// The number of this question and the bar at the top say it too.
function tick() {
  const here = document.querySelector(".numbers [aria-current]");
  const bar = document.querySelector(".progress progress");
  if (!here || !bar || here.classList.contains("is-answered")) return;
  here.classList.add("is-answered");
  here.querySelector(".visually-hidden").textContent = " (terjawab)";
  bar.value += 1;
  bar.closest(".progress").querySelector(".progress__text span:last-child").textContent = `${bar.value} dari ${bar.max}`;
}

async function send(key, kept) {
  const [attempt, number] = key.split("/");
  const response = await fetch(`/percobaan/${attempt}/soal/${number}`, {
    method: "POST",
    redirect: "manual",
    keepalive: true,
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
    body: JSON.stringify(kept.tried ? { choice: kept.choice, seen: kept.seen } : { choice: kept.choice }),
  });
  const isFinal = [404, 409, 422].includes(response.status);
  if (!response.ok && !isFinal) throw new Error(String(response.status));
  return { isSaved: response.ok, answer: await response.json() };
}

// One answer at a time, and always the latest choice: two taps can never arrive in the wrong order.
async function flush(attempt) {
  if (isSending) return;
  isSending = true;
  let saved = 0;
  try {
    for (let key; (key = [...store.keys(attempt + "/"), ...memory.keys()][0]); ) {
      const kept = memory.get(key) ?? store.get(key);
      if (!kept?.choice) { store.drop(key); continue; }
      const { isSaved, answer } = await settle(key, kept);
      if (isSaved) saved += 1;
      const now = memory.get(key) ?? store.get(key);
      if (now?.choice === kept.choice) store.drop(key);
      if (key === form?.dataset.autosave && isSaved) {
        revision = answer.revision;
        tick();
      }
      say(isSaved ? "Tersimpan." : answer.error ?? "Jawaban ini tidak dapat disimpan.");
    }
    wait = FIRST_WAIT;
  } catch {
    say("Belum tersimpan, akan dicoba lagi. Jawaban Anda aman di ponsel ini.");
    setTimeout(() => flush(attempt), wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  } finally {
    isSending = false;
  }
  if (saved && review) location.reload();
}

// Whatever was tried once may be old when it gets through: then a newer answer wins.
async function settle(key, kept) {
  try {
    return await send(key, kept);
  } catch (error) {
    const now = memory.get(key) ?? store.get(key);
    if (now) store.set(key, { ...now, tried: true });
    throw error;
  }
}

if (form) {
  const key = form.dataset.autosave, attempt = key.split("/")[0];
  const kept = store.get(key);
  if (kept && kept.seen === revision) {
    for (const radio of form.elements.choice) radio.checked = radio.value === kept.choice;
  }
  form.addEventListener("change", (event) => {
    if (event.target.name !== "choice") return;
    store.set(key, { choice: event.target.value, seen: revision });
    say("Menyimpan…");
    flush(attempt);
  });
  addEventListener("online", () => flush(attempt));
  // An answer found here was chosen earlier: it may be older than what the server has.
  for (const old of store.keys(attempt + "/")) store.set(old, { ...store.get(old), tried: true });
  flush(attempt);
}
if (review) flush(review.dataset.autosaveReview);
if (done) for (const key of store.keys(done.dataset.autosaveDone + "/")) store.drop(key);
for (const exit of document.querySelectorAll("form[action='/keluar']")) {
  exit.addEventListener("submit", () => { for (const key of store.keys("")) store.drop(key); });
}
