// The contents list is open where it stands beside the text, and closed where it stands above it.
const list = document.querySelector(".contents details");
const beside = matchMedia("(min-width: 60rem)"); // as in contents.css
const fit = () => { list.open = beside.matches; };

if (list) {
  fit();
  beside.addEventListener("change", fit);
}
