// The FAQ page narrows to the questions that hold every typed word.
const field = document.querySelector("[data-filter]");
const status = document.querySelector(".filter__status");
const fold = (text) => text.toLowerCase().normalize("NFC");

function narrow() {
  const words = fold(field.value).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const item of document.querySelectorAll(".questions li")) {
    item.hidden = !words.every((word) => fold(item.textContent).includes(word));
    count += !item.hidden;
  }
  for (const group of document.querySelectorAll(".gathered__article")) group.hidden = !group.querySelector("li:not([hidden])");
  for (const group of document.querySelectorAll(".gathered")) group.hidden = !group.querySelector("li:not([hidden])");
  const none = document.querySelector("main .crisis").hidden ? field.dataset.none : ""; // crisis.js shows numbers instead
  status.textContent = count ? field.dataset.filter.replace("{count}", count) : none;
}

if (field) {
  field.addEventListener("input", narrow);
  if (field.value) narrow();
}
