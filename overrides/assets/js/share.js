// Copy the link, open the device's own sheet, print: buttons that are shown only where they work.
const status = document.querySelector(".share__status");

const copy = document.querySelector("[data-copy]");
if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(copy.dataset.copy);
      status.textContent = copy.dataset.done;
    } catch {
      status.textContent = `${copy.dataset.failed} ${copy.dataset.copy}`;
    }
  });
}

const sheet = document.querySelector("[data-share]");
if (sheet && navigator.share) {
  sheet.hidden = false;
  sheet.addEventListener("click", () => {
    navigator.share({ title: sheet.dataset.title, url: sheet.dataset.share }).catch(() => {});
  });
}

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
