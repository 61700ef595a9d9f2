/* Buttons that copy the field before them; without this script the field can be selected by hand. */

for (const button of document.querySelectorAll("button[data-copied]")) {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  const message = document.getElementById("copied");
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      return; // no clipboard: it is selected, for Ctrl+C
    }
    message.textContent = button.dataset.copied;
  });
  button.hidden = false;
}
