// Inline cases answer on the spot: the section is swapped for the one that the server sends.
// Without JavaScript, or when anything is odd, the plain form does the same with a new page.

function say(form, text) {
  let note = form.querySelector("[role=status]");
  if (!note) {
    note = document.createElement("p");
    note.setAttribute("role", "status");
    form.append(note);
  }
  note.textContent = text;
}

async function answer(form) {
  const headers = { Accept: "text/html", "X-Requested-With": "fetch" };
  const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers, redirect: "manual" });
  if (!response.ok) return form.submit();
  const page = document.createElement("template");
  page.innerHTML = await response.text();
  const section = page.content.querySelector(".case");
  document.getElementById(form.dataset.case).replaceWith(section);
  section.querySelector(".reveal")?.focus();
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-case]")) return;
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    await answer(form);
  } catch {
    button.disabled = false;
    say(form, "Belum terkirim. Periksa jaringan Anda, lalu tekan “Tetapkan jawaban” lagi.");
  }
});

// How long the page has been open, by this device's clock: it may have been read without a network.
document.addEventListener("submit", ({ target }) => {
  const open = target.elements.terbuka;
  if (open) open.value = Math.max(0, Math.round((Date.now() - performance.timeOrigin) / 1000));
});
