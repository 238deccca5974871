// Copy buttons: <button data-copy="id" hidden>. Where the clipboard is closed, the text is selected instead.

function select(element) {
  if ("select" in element) {
    element.focus();
    element.select();
    return;
  }
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

async function copy(element) {
  const text = "value" in element ? element.value : element.innerText;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    select(element);
    return document.execCommand("copy");
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const element = document.getElementById(button.dataset.copy);
  const status = button.parentElement.querySelector("[role=status]");
  if (!element) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const copied = await copy(element);
    if (status) status.textContent = copied ? "Tersalin." : "Teks sudah dipilih. Tekan lama, lalu pilih Salin.";
  });
}
