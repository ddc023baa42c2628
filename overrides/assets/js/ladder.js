// A step of the ladder opens in place: what it looks like, what to do today, when to get help. Without JavaScript it is a link.
const wide = matchMedia("(min-width: 48rem)"); // as in ladder.css

for (const ladder of document.querySelectorAll(".ladder")) {
  let close = () => {};
  for (const step of ladder.querySelectorAll("template")) {
    const link = step.parentElement.querySelector("a");
    link.setAttribute("aria-expanded", "false");
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      const isOpen = link.getAttribute("aria-expanded") === "true";
      close();
      if (isOpen) return;
      const panel = step.content.firstElementChild.cloneNode(true);
      (wide.matches ? ladder.lastElementChild : link).after(panel);
      link.setAttribute("aria-expanded", "true");
      close = () => {
        panel.remove();
        link.setAttribute("aria-expanded", "false");
        close = () => {};
      };
      const leave = () => {
        close();
        link.focus();
      };
      panel.querySelector("[data-close]").addEventListener("click", leave);
      panel.addEventListener("keydown", ({ key }) => { if (key === "Escape") leave(); });
      panel.focus({ preventScroll: true });
      panel.scrollIntoView({ block: "nearest" });
    });
  }
}
