// Comforts of sending a workbook: chosen, or dropped anywhere on the page, it is sent at once.

const form = document.querySelector("form[data-sends-file]");
const input = form?.querySelector("[type=file]");
let sent = false;

const send = () => {
  if (input.files.length) form.requestSubmit();
};

const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

if (input) {
  form.querySelector("[data-with-script]").hidden = false;
  input.addEventListener("change", send);
  // Pressed once more while the file is on its way, it would be there twice.
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  addEventListener("pageshow", () => {
    sent = false;
  });
  addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    form.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("dropping");
  });
  addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    form.classList.remove("dropping");
    const one = new DataTransfer();
    for (const file of [...event.dataTransfer.files].slice(0, 1)) one.items.add(file);
    input.files = one.files;
    send();
  });
}
