/* A picture that is pasted or dropped into the Markdown field: the server says what becomes of it. */

for (const editor of document.querySelectorAll(".markdown-editor")) {
  const field = editor.querySelector("textarea");
  const problem = editor.querySelector(".refused-picture");

  async function refuse(event) {
    const data = event.clipboardData ?? event.dataTransfer;
    // A spreadsheet puts a picture of its cells beside their text: then the text is what is meant.
    if (!data.files.length || data.types.includes("text/plain")) return;
    event.preventDefault();
    const body = new FormData();
    body.append("csrfmiddlewaretoken", field.form.elements.csrfmiddlewaretoken.value);
    body.append("image", data.files[0]);
    try {
      const response = await fetch(field.dataset.markdownxUploadUrlsPath, { method: "POST", body });
      problem.textContent = (await response.json()).error;
    } catch {
      problem.textContent = editor.dataset.tooLate;
    }
  }

  field.addEventListener("paste", refuse);
  field.addEventListener("drop", refuse);
  field.addEventListener("input", () => problem.textContent = "");
}
