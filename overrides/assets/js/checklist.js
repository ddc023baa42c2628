// Checklists: ticks stay on the device until the reader clears them, and a list prints alone on a page.
const template = document.getElementById("checklist-tools");
const boxes = [...document.querySelectorAll(".task-list-item input[type=checkbox]")];
const place = `checklist ${location.pathname}`;

// A box is known by its words, so that a tick stays with them when the list changes; of equal ones, by its turn too.
const turns = new Map();
const known = new Map(boxes.map((box) => {
  const words = box.labels[0].textContent.trim();
  turns.set(words, (turns.get(words) ?? 0) + 1);
  return [box, `${turns.get(words)} ${words}`];
}));

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(place));
    return Array.isArray(kept) ? kept : null;
  } catch {
    return null; // storage is blocked, or holds something else
  }
}

function keep() {
  try {
    if (boxes.every((box) => box.checked === box.defaultChecked)) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify(boxes.filter((box) => box.checked).map((box) => known.get(box))));
    return true;
  } catch {
    return false; // blocked or full: the ticks last as long as the page
  }
}

function restore() {
  const kept = read();
  if (kept) for (const box of boxes) box.checked = kept.includes(known.get(box));
}

// What belongs together: everything in a box of the article, else a list with all below it.
const wholes = new Map();
for (const box of boxes) {
  const lists = [...document.querySelectorAll(".task-list")].filter((list) => list.contains(box));
  const whole = box.closest(".admonition") ?? lists[0];
  wholes.set(whole, [...(wholes.get(whole) ?? []), box]);
}

for (const [whole, own] of wholes) {
  const tools = template.content.cloneNode(true).firstElementChild;
  const status = tools.querySelector("[role=status]");
  tools.querySelector("[data-print-list]").addEventListener("click", () => printAlone(whole));
  tools.querySelector("[data-clear-list]").addEventListener("click", () => {
    for (const box of own) box.checked = false;
    status.textContent = keep() ? status.dataset.cleared : status.dataset.unkept;
  });
  for (const box of own) {
    box.addEventListener("change", () => {
      status.textContent = keep() ? status.dataset.kept : status.dataset.unkept;
    });
  }
  if (whole.matches(".admonition")) whole.append(tools);
  else whole.after(tools);
}

function printAlone(whole) {
  const parts = whole.matches(".admonition") ? [whole] : [headingOf(whole), whole].filter(Boolean);
  const root = document.documentElement;
  root.classList.add("prints-list");
  for (const part of parts) part.classList.add("is-printed");
  addEventListener("afterprint", () => {
    root.classList.remove("prints-list");
    for (const part of parts) part.classList.remove("is-printed");
  }, { once: true });
  print();
}

// A list without a box of its own has its name from the heading above it.
function headingOf(list) {
  const above = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  return above.filter((heading) => heading.compareDocumentPosition(list) & Node.DOCUMENT_POSITION_FOLLOWING).at(-1);
}

restore();
addEventListener("pageshow", restore); // the browser's own memory of a form comes before this
