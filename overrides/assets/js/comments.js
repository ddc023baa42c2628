// Comments: loaded from the comment server only when the reader asks for them.
const block = document.querySelector(".comments");
const button = block.querySelector(".comments__button");
const status = block.querySelector(".comments__status");
const thread = block.querySelector(".comments__thread");
const about = block.querySelector(".comments__about"); // read before one writes
const PATIENCE = 10000; // milliseconds until the server counts as away
let waiting;

const say = (text) => { status.textContent = text; };
const settings = () => [...block.attributes].filter(({ name }) => name.startsWith("data-isso-"));

function load() {
  button.hidden = about.open = true;
  say(block.dataset.loading);
  block.querySelector("script")?.remove();
  thread.replaceChildren();
  const script = document.createElement("script");
  script.setAttribute("data-isso", block.dataset.server);
  for (const { name, value } of settings()) script.setAttribute(name, value);
  script.src = `${block.dataset.server}/js/embed.min.js`;
  script.onerror = away;
  waiting = setTimeout(away, PATIENCE);
  block.append(script);
}

function away() {
  clearTimeout(waiting);
  if (thread.querySelector(".isso-postbox")) return;
  say(block.dataset.away);
  button.hidden = false;
}

// Isso's own markup lacks a name for its field, and its heading skips a level.
function fix() {
  for (const field of thread.querySelectorAll(".isso-textarea:not([aria-label])")) field.setAttribute("aria-label", field.placeholder);
  thread.querySelector(".isso-thread-heading")?.setAttribute("aria-level", "3");
  thread.querySelector(".isso-thread-heading")?.setAttribute("role", "heading");
}

new MutationObserver((changes) => {
  const added = (name) => changes.some(({ addedNodes }) => [...addedNodes].some((node) => node.matches?.(name)));
  if (added(".isso-postbox, .isso-comment")) {
    clearTimeout(waiting);
    say("");
    fix();
  }
}).observe(thread, { childList: true, subtree: true });

// Isso says nothing when a comment could not be sent; its words stay in the field.
thread.addEventListener("click", ({ target }) => {
  if (!target.matches(".isso-postbox [type=submit]")) return;
  const field = target.closest(".isso-postbox").querySelector(".isso-textarea");
  clearTimeout(waiting);
  waiting = setTimeout(() => { if (field.isConnected && field.value) say(block.dataset.unsent); }, PATIENCE);
});

button.hidden = false;
button.addEventListener("click", load);
