// Three parts, each with a slider. The lowest is what to talk about; nothing is kept. Without this it is a list.
const CORNERS = [[100, 12], [12, 164], [188, 164]];
const MIDDLE = [100, 113];
const template = document.getElementById("figure-triangle");
const words = (item) => (item.querySelector("strong") ?? item).textContent.trim().replace(/[.:?!]$/, "");
let count = 0;

for (const figure of document.querySelectorAll(".figure--triangle")) {
  const box = template.content.firstElementChild.cloneNode(true);
  figure.append(box);
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
