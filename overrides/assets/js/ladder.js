// A step of the ladder opens in place: what it looks like, what to do today, when to get help. Without JavaScript it is a link.
const ladder = document.querySelector(".ladder");
const wide = matchMedia("(min-width: 48rem)"); // as in ladder.css
let shut = null; // closes the step that is open

for (const { content } of document.querySelectorAll(".ladder__says")) {
  const panel = content.firstElementChild;
  const link = ladder.querySelector(`[data-step="${panel.dataset.step}"] > a`);
  const close = () => {
    panel.remove();
    link.setAttribute("aria-expanded", "false");
    shut = null;
  };
  const leave = () => {
    close();
    link.focus();
  };
  link.setAttribute("aria-expanded", "false");
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (panel.isConnected) return leave();
    shut?.();
    shut = close;
    (wide.matches ? ladder.lastElementChild : link).after(panel);
    link.setAttribute("aria-expanded", "true");
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  });
  panel.querySelector("[data-close]").addEventListener("click", leave);
  panel.addEventListener("keydown", ({ key }) => { if (key === "Escape") leave(); });
}
