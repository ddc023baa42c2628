// The light or dark scheme: the device's own until the reader chooses.
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

const current = () => root.dataset.scheme || (dark.matches ? "dark" : "light");

for (const button of document.querySelectorAll("[data-scheme-switch]")) {
  const name = () => { button.textContent = current() === "dark" ? button.dataset.light : button.dataset.dark; };
  button.hidden = false;
  name();
  dark.addEventListener("change", name);
  button.addEventListener("click", () => {
    root.dataset.scheme = current() === "dark" ? "light" : "dark";
    try { localStorage.setItem("scheme", root.dataset.scheme); } catch { /* private mode: for this page only */ }
    name();
  });
}
