// What the reader has chosen: language, unit, view, year, pathways. It stands in the address.
const root = document.documentElement;
const state = { lang: root.dataset.lang, unit: "PJ" };
const off = new Set();
const groups = [...document.querySelectorAll("[data-switch]")];
const toggles = [...document.querySelectorAll("[data-pathway-toggle]")];
const valuesOf = (group) => [...group.children].map((button) => button.dataset.value);
for (const group of groups) if (!(group.dataset.switch in state)) state[group.dataset.switch] = valuesOf(group)[0];

const anchorOf = () => decodeURIComponent(location.hash.slice(1).split(";")[0]);

const read = () => {
  for (const pair of location.hash.slice(1).split(";").slice(1)) {
    const [key, value] = pair.split("=");
    if (groups.some((group) => group.dataset.switch === key && valuesOf(group).includes(value))) state[key] = value;
    if (key === "off") {
      off.clear();
      for (const one of value.split(".")) if (toggles[Number(one)]) off.add(Number(one));
    }
  }
};

const address = (anchor) => {
  const keys = [...new Set(groups.map((group) => group.dataset.switch))];
  const said = keys.map((key) => `${key}=${state[key]}`);
  if (off.size) said.push(`off=${[...off].sort((a, b) => a - b).join(".")}`);
  return `#${[encodeURIComponent(anchor), ...said].join(";")}`;
};

const remember = () => history.replaceState(null, "", address(anchorOf()));

const hideColumns = (table) => {
  const first = Number(table.dataset.pathways);
  for (const row of table.rows) {
    for (let at = first; at < Math.min(row.cells.length, first + toggles.length); at += 1) row.cells[at].hidden = off.has(at - first);
  }
};

const apply = () => {
  root.dataset.lang = state.lang;
  root.lang = state.lang === "zh" ? "zh-CN" : "en";
  for (const group of groups) {
    for (const button of group.children) {
      const pressed = button.dataset.value === state[group.dataset.switch];
      button.setAttribute("aria-pressed", String(pressed));
      button.tabIndex = pressed ? 0 : -1;
    }
  }
  for (const block of document.querySelectorAll("[data-year]")) block.hidden = block.dataset.year !== state.year;
  toggles.forEach((button, at) => button.setAttribute("aria-pressed", String(!off.has(at))));
  document.querySelectorAll("table[data-pathways]").forEach(hideColumns);
  for (const table of document.querySelectorAll("table[data-pathway-rows]")) {
    [...table.tBodies[0].rows].forEach((row, at) => { row.hidden = off.has(at); });
  }
};

read();
apply();
