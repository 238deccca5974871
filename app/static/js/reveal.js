// Show or hide a password: <button data-reveal="id" hidden>.

for (const button of document.querySelectorAll("[data-reveal]")) {
  const input = document.getElementById(button.dataset.reveal);
  if (!input) continue;
  button.hidden = false;
  button.setAttribute("aria-label", "Lihat kata sandi");
  const hide = () => {
    input.type = "password";
    button.setAttribute("aria-pressed", "false");
  };
  button.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  });
  input.form?.addEventListener("submit", hide);
}
