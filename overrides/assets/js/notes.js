// Sources and terms open in place, below the line in which they stand. Without JavaScript they are links.
const body = document.querySelector(".article__body");
let open = null; // The note that is open, and how it is closed: there is one at a time.
let count = 0;

function content(link) {
  const name = document.createElement("p");
  name.className = "note__name";
  name.textContent = link.matches(".cite") ? link.getAttribute("aria-label") : link.textContent;
  const source = link.matches(".cite") && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (source) return [name, ...source.cloneNode(true).childNodes];
  const text = document.createElement("p");
  text.textContent = link.title;
  return [name, text];
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

// Beside its mark the note is a float as wide as the text, which the browser puts below the line, and the line stays whole.
// A cell or a heading has no room for it.
function place(note, link) {
  const narrow = link.closest(".table, summary, h2, h3, h4, h5, h6");
  (narrow ?? link.closest(".cites") ?? link).after(note);
  note.classList.toggle("note--below", narrow !== null);
}

for (const link of body?.querySelectorAll(".cite, .term") ?? []) {
  let note = null;
  link.setAttribute("aria-expanded", "false");
  const shut = () => {
    note.remove();
    note = open = null;
    link.setAttribute("aria-expanded", "false");
  };
  const close = () => {
    shut();
    link.dataset.quiet = "";
    link.focus();
  };
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (note) { close(); return; }
    open?.();
    note = make(link, close);
    open = shut;
    place(note, link);
    link.setAttribute("aria-expanded", "true");
    note.focus({ preventScroll: true });
    note.scrollIntoView({ block: "nearest" });
  });
  // What the focus shows goes with Escape, and comes back with the next focus.
  link.addEventListener("keydown", (event) => { if (event.key === "Escape") link.dataset.quiet = ""; });
  link.addEventListener("blur", () => { delete link.dataset.quiet; });
}
