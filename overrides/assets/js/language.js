// The way to the other language leads to the same question and the same search.
const hash = () => (document.getElementById(decodeURIComponent(location.hash.slice(1))) ? location.hash : "");

for (const link of document.querySelectorAll(".masthead__language")) {
  const { pathname } = link;
  const follow = () => {
    const query = new URLSearchParams(location.search).get("q");
    link.href = pathname + (query ? `?${new URLSearchParams({ q: query })}` : "") + hash();
  };
  for (const kind of ["pointerdown", "focus", "click"]) link.addEventListener(kind, follow);
}
