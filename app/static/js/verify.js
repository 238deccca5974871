// Hash a chosen PDF here first: an authentic one need not be uploaded. Anything else goes the plain way.

async function sha256(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function answerFor(file, prefix) {
  const address = prefix + (await sha256(file));
  const answer = await fetch(address, { method: "HEAD" });
  return answer.ok ? address : null;
}

for (const form of document.querySelectorAll("form[data-verify]")) {
  const input = form.querySelector("input[type=file]");
  const status = form.querySelector("[role=status]");
  form.addEventListener("submit", async (event) => {
    const file = input.files[0];
    if (!file || !globalThis.crypto?.subtle) return;
    event.preventDefault();
    status.textContent = "Memeriksa …";
    const address = await answerFor(file, form.dataset.verify).catch(() => null);
    if (address) location.assign(address);
    else form.submit();
  });
}
