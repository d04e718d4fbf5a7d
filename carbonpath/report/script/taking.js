// What a reader takes away: numbers, pictures, a link to what is shown, all data at once.
const save = (name, content, kind) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: kind }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

const picture = (figure, format) => {
  const data = traces(figure).map((trace) => (trace.type === "sankey" ? trace : { ...trace, visible: trace.visible }));
  const layout = layoutOf(figure, data, { width: 1100, height: 600, font: 13 });
  const named = layout.annotations?.some((one) => one.xshift);
  Object.assign(layout, { showlegend: figure.layout.showlegend !== false && !named, title: { text: `${said(figure.title)} (${said(unitOf(figure))})` } });
  layout.margin = { ...layout.margin, t: 60 };
  return Plotly.downloadImage({ data, layout }, { format, filename: figure.id.slice(2), width: 1100, height: 600 });
};

const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
};

const link = async (button, id) => {
  await copy(location.href.split("#")[0] + address(id));
  button.classList.add("done");
  setTimeout(() => button.classList.remove("done"), 1500);
};

const take = (button) => {
  const what = button.dataset.do;
  if (what === "all") {
    const packed = document.getElementById("all-data");
    return save(packed.dataset.name, bytesOf(packed.textContent), "application/zip");
  }
  const figure = chosen(button.closest("figure").querySelector(".plot").id);
  const name = figure.id.slice(2);
  if (what === "link") return link(button, figure.id);
  if (what === "CSV" || what === "safe") {
    return save(`${name}${what === "safe" ? "-excel" : ""}.csv`, asCsv(figure, what === "safe"), "text/csv;charset=utf-8");
  }
  return picture(figure, what.toLowerCase());
};
