// Sources and terms open in place, below the line in which they stand. Without JavaScript they are links.
const body = document.querySelector(".article__body");
let count = 0;

function content(link) {
  const source = link.matches(".cite") && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (source) return [...source.cloneNode(true).childNodes];
  const text = document.createElement("p");
  text.textContent = link.title;
  return [text];
}

function make(link, close) {
  const note = document.createElement("div");
  note.className = "note";
  note.id = `note-${++count}`;
  note.tabIndex = -1;
  note.setAttribute("role", "note");
  const actions = document.createElement("p");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = body.dataset.noteClose;
  button.addEventListener("click", close);
  actions.append(button);
  if (link.matches(".term")) {
    const more = document.createElement("a");
    more.href = link.href;
    more.textContent = body.dataset.noteMore;
    actions.append(" ", more);
  }
  note.append(...content(link), actions);
  note.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  return note;
}

for (const link of body?.querySelectorAll(".cite, .term") ?? []) {
  let note = null;
  link.setAttribute("aria-expanded", "false");
  const close = () => {
    note.remove();
    note = null;
    link.setAttribute("aria-expanded", "false");
    link.focus();
  };
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (note) { close(); return; }
    note = make(link, close);
    const block = link.closest("p, li, td, dd");
    if (block.matches("p")) block.after(note); else block.append(note);
    link.setAttribute("aria-expanded", "true");
    note.focus({ preventScroll: true });
    note.scrollIntoView({ block: "nearest" });
  });
}
