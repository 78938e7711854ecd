// A file that is chosen or dropped goes into the field that one may also paste into. It is read here and sent with the form.
(() => {
  const MOST = 256 * 1024;
  const TOO_LARGE = "This is more than 256 KiB: import it in parts.";

  /** The text of a file, without a byte order mark. Throws an Error with a sentence. */
  async function read(file) {
    if (file.size > MOST) throw new Error(`${file.name} is larger than 256 KiB: import it in parts.`);
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    } catch {
      throw new Error(`${file.name} is no UTF-8 text. Save it as UTF-8 first.`);
    }
    if (text.includes("\0")) throw new Error(`${file.name} has a NUL character in it, which no value can hold.`);
    return text;
  }

  async function take(source, file) {
    const [field, said] = [source.querySelector("textarea"), source.querySelector("[role=status]")];
    try {
      field.value = await read(file);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      said.textContent = `${file.name} is in the field.`;
      said.classList.remove("error");
    } catch (error) {
      said.textContent = error.message;
      said.classList.add("error");
    }
    said.hidden = false;
  }

  /** UTF-8 has at most three bytes for each of the field's units. */
  const isTooLarge = (text) => text.length * 3 > MOST && new TextEncoder().encode(text).length > MOST;

  for (const source of document.querySelectorAll("[data-env-source]")) {
    const [field, chosen] = [source.querySelector("textarea"), source.querySelector("[type=file]")];
    chosen.parentElement.hidden = false;
    chosen.addEventListener("change", () => chosen.files[0] && take(source, chosen.files[0]));
    field.addEventListener("input", () => field.setCustomValidity(isTooLarge(field.value) ? TOO_LARGE : ""));
    source.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
    source.addEventListener("drop", (event) => {
      const [file] = event.dataTransfer.files;
      if (!file) return;
      event.preventDefault();
      take(source, file);
    });
  }
})();
