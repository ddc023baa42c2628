// A list narrows to the items that hold every typed word and are of the chosen kind.
const fold = (text) => text.toLowerCase().normalize("NFC");
const plain = (text) => text.replace(/æ/g, "ae").replace(/ø/g, "oe").replace(/å/g, "aa");

for (const filter of document.querySelectorAll("[data-narrow]")) {
  const field = filter.querySelector("input");
  const choices = [...filter.querySelectorAll("select")];
  const status = filter.querySelector("[role=status]");
  const { one, many, none, groups } = filter.dataset;
  const items = [...document.querySelectorAll(filter.dataset.narrow)].map((item) => {
    const text = fold(`${item.textContent} ${item.dataset.words ?? ""}`);
    return { item, text: `${text} ${plain(text)}` };
  });

  const narrow = () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    const fits = ({ item, text }) =>
      words.every((word) => text.includes(word)) && choices.every(({ name, value }) => !value || item.dataset[name] === value);
    let count = 0;
    for (const entry of items) {
      entry.item.hidden = !fits(entry);
      count += !entry.item.hidden;
    }
    for (const group of groups ? document.querySelectorAll(groups) : []) {
      group.hidden = !group.querySelector(`${filter.dataset.narrow}:not([hidden])`);
    }
    const said = count === 0 ? none : count === 1 ? one : many.replace("{count}", count);
    status.textContent = words.length || choices.some(({ value }) => value) ? said : "";
  };

  // A link to an entry that is narrowed away shows the whole list again.
  const show = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest("[hidden]")) return;
    field.value = "";
    for (const choice of choices) choice.value = "";
    narrow();
    target.scrollIntoView();
  };

  filter.addEventListener("input", narrow);
  addEventListener("hashchange", show);
  addEventListener("pageshow", narrow); // The browser gives back what was typed.
  narrow();
  show();
}
