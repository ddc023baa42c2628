// In and out, ten times: out takes longer. Whoever wants no motion is told by words alone. Without this it is a list.
const [IN, OUT, TIMES] = [4000, 6000, 10]; // milliseconds
const template = document.getElementById("figure-breathing");
const words = (item) => (item.querySelector("strong") ?? item).textContent.trim().replace(/[.:?!]$/, "");

for (const figure of document.querySelectorAll(".figure--breathing")) {
  const breath = template.content.firstElementChild.cloneNode(true);
  figure.append(breath);
  const [begin, end] = breath.querySelectorAll("button");
  const circle = breath.querySelector(".breath__own");
  const said = breath.querySelector(".breath__word");
  const [inward, outward] = [...figure.querySelectorAll(".breathing > li")].map(words);
  const small = { transform: "scale(0.35)" }, large = { transform: "scale(1)" };
  let timer;
  const move = (from, to, duration) => {
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) circle.animate([from, to], { duration, easing: "ease-in-out", fill: "forwards" });
  };
  const breathe = (number) => {
    if (number > TIMES) return stop(breath.dataset.done);
    said.textContent = inward;
    move(small, large, IN);
    timer = setTimeout(() => {
      said.textContent = outward;
      move(large, small, OUT);
      timer = setTimeout(breathe, OUT, number + 1);
    }, IN);
  };
  const stop = (last) => {
    clearTimeout(timer);
    for (const motion of circle.getAnimations()) motion.cancel();
    said.textContent = last;
    begin.hidden = false;
    end.hidden = true;
    begin.focus();
  };
  begin.addEventListener("click", () => {
    begin.hidden = true;
    end.hidden = false;
    end.focus();
    breathe(1);
  });
  end.addEventListener("click", () => stop(""));
}
