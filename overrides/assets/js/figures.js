// Figures that can be moved. The list of each is complete without this; nothing is kept.
const words = (item) => (item.querySelector("strong") ?? item).textContent.trim().replace(/[.:?!]$/, "");
const added = (figure, kind) => {
  const made = document.getElementById(`figure-${kind}`).content.firstElementChild.cloneNode(true);
  figure.append(made);
  return made;
};
let count = 0;

// Three parts, each with a slider. The lowest is what to talk about.
const CORNERS = [[100, 12], [12, 164], [188, 164]];
const MIDDLE = [100, 113];

for (const figure of document.querySelectorAll(".figure--triangle")) {
  const box = added(figure, "triangle");
  const form = box.querySelector("form");
  const row = form.querySelector(".balance__part");
  const own = form.querySelector(".balance__own");
  const said = form.querySelector(".balance__said");
  const parts = [...figure.querySelectorAll(".triangle > li")].map((item) => {
    const part = row.cloneNode(true);
    const [label, input] = part.children;
    input.id = label.htmlFor = `figure-part-${++count}`;
    label.textContent = words(item);
    row.before(part);
    return { input, name: words(item) };
  });
  row.remove();
  const draw = () => {
    const corner = ([x, y], value) => {
      const reach = 0.15 + 0.085 * value;
      return `${MIDDLE[0] + (x - MIDDLE[0]) * reach} ${MIDDLE[1] + (y - MIDDLE[1]) * reach}`;
    };
    own.setAttribute("d", `M${parts.map(({ input }, i) => corner(CORNERS[i], Number(input.value))).join("L")}z`);
  };
  form.addEventListener("input", () => {
    draw();
    const lowest = Math.min(...parts.map(({ input }) => Number(input.value)));
    const named = parts.filter(({ input }) => Number(input.value) === lowest).map(({ name }) => name);
    said.textContent = named.length === parts.length ? box.dataset.even : box.dataset.lowest.replace("{parts}", named.join(", "));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  draw();
}

// In and out, ten times: out takes longer. Whoever wants no motion is told by words alone.
const [IN, OUT, TIMES] = [4000, 6000, 10]; // milliseconds

for (const figure of document.querySelectorAll(".figure--breathing")) {
  const breath = added(figure, "breathing");
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
