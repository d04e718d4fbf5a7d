// The numbers of a figure: as a table on the page, as CSV to take away.
const digits = (value, factor) => {
  if (value === null) return "";
  const told = Number((value * factor).toPrecision(4));
  const decimals = told ? Math.min(9, Math.max(0, 3 - Math.floor(Math.log10(Math.abs(told))))) : 0;
  const [whole, part] = Math.abs(told).toFixed(decimals).split(".");
  return (told < 0 ? "\u2212" : "") + whole.replace(/\B(?=(\d{3})+$)/g, "\u202f") + (part ? `.${part}` : "");
};

const cell = (kind, content, number) => {
  const made = document.createElement(kind);
  made.textContent = content;
  if (number) made.className = "n";
  if (kind === "th") made.scope = "col";
  return made;
};

const fill = (details) => {
  const figure = chosen(details.closest("figure").querySelector(".plot").id);
  if (details.classList.contains("kept") && !figure.choices) return;
  const factor = factorOf(figure);
  const table = document.createElement("table");
  table.className = "data";
  const head = table.createTHead().insertRow();
  [said(unitOf(figure)), ...figure.columns.map(said)].forEach((one, at) => head.append(cell("th", one, at)));
  const body = table.createTBody();
  for (const [name, values] of figure.rows) {
    const row = body.insertRow();
    row.append(cell("td", said(name)), ...values.map((value) => cell("td", digits(value, factor), true)));
  }
  details.querySelector(".scroll").replaceChildren(table);
};

const grid = (figure) => {
  const factor = factorOf(figure);
  const rows = figure.rows.map(([name, values]) => [
    said(name), ...values.map((value) => (value === null ? null : Number((value * factor).toPrecision(4)))),
  ]);
  return [[`${said(figure.title)} (${said(unitOf(figure))})`, ...figure.columns.map(said)], ...rows];
};

const harmless = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const csvCell = (value, safe) => {
  if (value === null || typeof value === "number") return value === null ? "" : String(value);
  return `"${(safe ? harmless(value) : value).replaceAll('"', '""')}"`;
};

const asCsv = (figure, safe) => "\ufeff" + grid(figure).map((row) => row.map((one) => csvCell(one, safe)).join(",")).join("\r\n") + "\r\n";
