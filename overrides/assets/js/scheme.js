// The light or dark scheme: the device's own, or that of the settings, until the reader chooses.
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

const current = () => {
  const fixed = getComputedStyle(root).colorScheme;
  return root.dataset.scheme || (fixed === "light dark" ? (dark.matches ? "dark" : "light") : fixed);
};

const choose = (scheme) => {
  if (scheme === "auto") delete root.dataset.scheme;
  else root.dataset.scheme = scheme;
  try {
    if (scheme === "auto") localStorage.removeItem("scheme");
    else localStorage.setItem("scheme", scheme);
  } catch { /* private mode: for this page only */ }
};

for (const button of document.querySelectorAll("[data-scheme-switch]")) {
  const modes = [...button.querySelectorAll("[data-scheme-mode]")];
  const names = modes.map((mode) => mode.dataset.schemeMode);
  const place = () => Math.max(0, names.indexOf(root.dataset.scheme || (names.includes("auto") ? "auto" : current())));
  const next = () => names.length ? names[(place() + 1) % names.length] : current() === "dark" ? "light" : "dark";
  const name = () => {
    if (!modes.length) button.textContent = current() === "dark" ? button.dataset.light : button.dataset.dark;
    modes.forEach((mode, i) => { mode.hidden = i !== place(); });
  };
  button.hidden = false;
  name();
  dark.addEventListener("change", name);
  button.addEventListener("click", () => {
    choose(next());
    name();
  });
}
