// Find your step: counts ticks on the device; nothing is stored or sent.
const form = document.querySelector(".selfcheck");
const result = form.querySelector(".selfcheck__result");
form.querySelector(".selfcheck__buttons").hidden = false;

function weigh() {
  const steps = [...form.querySelectorAll("fieldset")].map((step) => ({
    step,
    count: step.querySelectorAll(":checked").length,
  }));
  const most = Math.max(...steps.map(({ count }) => count));
  // With as many ticks on two steps, the lower step of the ladder counts: better help too early than too late.
  return most ? steps.filter(({ count }) => count === most).at(-1).step : null;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const step = weigh();
  result.replaceChildren();
  if (!step) {
    result.textContent = form.dataset.none;
    return;
  }
  const text = document.createElement("p");
  text.textContent = form.dataset.result.replace("{number}", step.dataset.step).replace("{title}", step.dataset.title);
  result.append(text, step.querySelector(".selfcheck__seek").cloneNode(true));
});
form.addEventListener("reset", () => result.replaceChildren());
