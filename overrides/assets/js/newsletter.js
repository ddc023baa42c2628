// The newsletter's form: checks before sending, in the page's language, and a word while the provider is silent.
// The form itself is sent by the browser, never by a script: providers want their answer to be seen.
const form = document.querySelector(".newsletter form");
const button = form.querySelector("button");
const status = form.querySelector(".newsletter__status");
const fields = [...form.querySelectorAll("input[required]")];
const SILENCE = 8000; // milliseconds until the reader is told that the provider has not answered
const LONGEST = 254; // characters of an address, RFC 5321
let sending;

// Chromium and others keep the typed address when the reader comes back; this remembers that it was sent.
const wasSent = () => history.state?.newsletter === "sent";
const remember = (newsletter) => history.replaceState({ ...history.state, newsletter }, "");
const say = (text) => { status.textContent = text; };

function mistake(field) {
  if (field.type === "checkbox") return field.checked ? "" : form.dataset.unticked;
  const address = field.value.trim();
  if (!address) return form.dataset.empty;
  if (address.length > LONGEST) return form.dataset.long;
  const plain = /^[^\s@,;:<>()]+@[^\s@,;:<>()]+\.[^\s@.,;:<>()]+$/.test(address);
  return plain && !field.validity.typeMismatch ? "" : form.dataset.malformed;
}

function show(field) {
  const text = mistake(field);
  const error = document.getElementById(`${field.id}-error`);
  error.textContent = text;
  error.hidden = !text;
  for (const [name, value] of [["aria-invalid", "true"], ["aria-describedby", error.id]]) {
    if (text) field.setAttribute(name, value);
    else field.removeAttribute(name);
  }
  return text;
}

function wait(text) {
  button.setAttribute("aria-disabled", "true");
  say(text);
  sending = setTimeout(() => {
    rest();
    say(form.dataset.slow);
  }, SILENCE);
}

function rest() {
  clearTimeout(sending);
  sending = undefined;
  button.removeAttribute("aria-disabled");
}

form.noValidate = true;
for (const field of fields) {
  field.addEventListener(field.type === "checkbox" ? "change" : "input", () => {
    if (field.hasAttribute("aria-invalid")) show(field);
  });
}

form.addEventListener("submit", (event) => {
  const wrong = fields.filter(show);
  if (sending || wrong.length) {
    event.preventDefault();
    wrong[0]?.focus();
    return;
  }
  if (form.method === "dialog") {
    say(form.dataset.nothing);
    return;
  }
  if (!navigator.onLine) {
    event.preventDefault(); // else the browser's page of errors takes the place of what is read
    say(form.dataset.slow);
    return;
  }
  remember("sent");
  wait(form.dataset.sending);
});

addEventListener("pageshow", () => {
  rest();
  if (!wasSent()) return;
  remember(undefined);
  say(form.dataset.back);
});
