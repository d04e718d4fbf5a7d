// The layout of a figure for the room it has: axes, their range, names beside the last values.
const narrow = () => innerWidth <= 820;
const DIRECT = 8;
const LEAST = 0.012;

const piled = (trace) => (trace.type === "bar" ? "bars" : trace.stackgroup || "");

const extent = (data) => {
  const piles = new Map();
  let [low, high] = [Infinity, -Infinity];
  for (const trace of data.filter((one) => one.visible !== false && one.y)) {
    trace.y.forEach((value, at) => {
      if (value === null) return;
      let reached = value;
      if (piled(trace)) {
        const key = `${piled(trace)} ${trace.x[at]} ${value < 0}`;
        reached = (piles.get(key) || 0) + value;
        piles.set(key, reached);
        low = Math.min(low, 0);
        high = Math.max(high, 0);
      }
      low = Math.min(low, reached);
      high = Math.max(high, reached);
    });
  }
  return [low, high];
};

const rangeOf = (data, yaxis, share) => {
  if (yaxis.range) return yaxis.range;
  if (yaxis.type && yaxis.type !== "linear") return null;
  let [low, high] = extent(data);
  if (!Number.isFinite(low)) return null;
  if (yaxis.rangemode === "tozero") [low, high] = [Math.min(low, 0), Math.max(high, 0)];
  const room = (high - low || Math.abs(high) || 1) * share;
  return [low === 0 ? 0 : low - room, high === 0 ? 0 : high + room];
};

const pen = document.createElement("canvas").getContext("2d");

const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const wrapped = (name, most, font) => {
  pen.font = font;
  if (pen.measureText(plain(name)).width <= most) return [name];
  const words = /\s/.test(name) ? name.split(/(?<=\s)/) : [...name];
  const made = [""];
  for (const word of words) {
    if (made.at(-1) && pen.measureText(plain(made.at(-1) + word)).width > most) made.push("");
    made[made.length - 1] += word;
  }
  return made;
};

const ends = (data) => {
  const found = [];
  const piles = new Map();
  for (const trace of data) {
    if (trace.visible === false || !trace.y || trace.showlegend === false || trace.mode === "markers") continue;
    let last = trace.y.length - 1;
    if (!piled(trace)) while (last >= 0 && trace.y[last] === null) last -= 1;
    const value = trace.y[last];
    if (last < 0 || value === null) continue;
    let at = value;
    if (piled(trace)) {
      const key = `${piled(trace)} ${value < 0}`;
      const below = piles.get(key) || 0;
      piles.set(key, below + value);
      at = below + value / 2;
    }
    found.push({ name: trace.name, at, size: piled(trace) ? Math.abs(value) : Infinity, tint: trace.fillcolor || (trace.type === "bar" ? trace.marker.color : trace.line.color) });
  }
  return found;
};

const spread = (labels, height) => {
  labels.sort((a, b) => a.at - b.at);
  let edge = 0;
  for (const one of labels) {
    one.from = Math.max(edge, one.at - one.room / 2);
    edge = one.from + one.room;
  }
  edge = height;
  for (const one of labels.toReversed()) {
    one.from = Math.min(one.from, edge - one.room);
    edge = one.from;
  }
  return edge >= -1;
};

const besides = (data, range, box, family) => {
  const [low, high] = range;
  const series = ends(data);
  if (series.length < 2 || series.length > DIRECT) return [];
  const font = box.font - 1;
  const kept = series.filter((one) => one.size > LEAST * (high - low));
  for (const one of kept) {
    one.lines = wrapped(one.name, box.width > 700 ? 130 : 104, `${font}px ${family}`);
    one.room = one.lines.length * (font + 3);
    one.at = ((one.at - low) / (high - low)) * box.height;
  }
  if (kept.some((one) => one.lines.length > 3) || !spread(kept, box.height)) return [];
  return kept.map((one) => ({
    xref: "paper", yref: "paper", x: 1, y: (one.from + one.room / 2) / box.height, xanchor: "left", yanchor: "middle", xshift: 4,
    showarrow: false, align: "left", font: { size: font }, text: `<span style="color:${one.tint}">■</span> ${one.lines.join("<br>")}`,
  }));
};

const widest = (labels, font, family) => {
  pen.font = `${font}px ${family}`;
  const texts = labels.flatMap((one) => plain(one.text.replace(/<span[^>]*>■<\/span>/, "■")).split("<br>"));
  return Math.max(0, ...texts.map((text) => pen.measureText(text).width));
};

const timeAxis = (figure, xaxis, wide) => {
  const years = figure.data.flatMap((trace) => trace.x);
  const early = figure.data.flatMap((trace) => (trace.offset ? trace.x.map((x, at) => x + trace.offset[at]) : []));
  const range = [Math.min(...years, ...early) - 0.6, Math.max(...years) + 0.8];
  Object.assign(xaxis, { tickformat: "d", hoverformat: "d", range, tick0: 2000, dtick: wide ? 5 : 10 });
};

const layoutOf = (figure, data, box) => {
  const own = said(figure.layout);
  const small = figure.size === "third";
  const family = getComputedStyle(document.body).fontFamily;
  const top = own.annotations ? 26 : 10;
  const base = {
    margin: { l: 52, r: 12, t: top, b: 34, ...own.margin },
    font: { family, size: box.font, color: "#1b1f24" },
    hovermode: "x unified", hoverlabel: { namelength: -1 }, showlegend: false,
    paper_bgcolor: "#fff", plot_bgcolor: "#fff", separators: ".\u2009",
    ...(box.printed ? { width: box.width, height: box.height } : {}),
  };
  if (data[0]?.type === "sankey") return { ...base, margin: { l: 8, r: 8, t: 8, b: 8 } };
  const xaxis = { showgrid: false, ticks: "outside", automargin: true, linecolor: "#888", ...own.xaxis };
  const timed = xaxis.type === "linear";
  if (timed) timeAxis(figure, xaxis, figure.size === "wide" && box.width > 620);
  const yaxis = { gridcolor: "#e5e8ec", zerolinecolor: "#555", automargin: true, nticks: small ? 5 : 8, hoverformat: ",.4~g", tickformat: ",~g", ...own.yaxis };
  if (figure.units[state.unit] && yaxis.range) yaxis.range = scaled(yaxis.range, factorOf(figure));
  const { legend, margin, narrow: tight, annotations = [], ...rest } = own;
  if (tight && box.width < 620) Object.assign(xaxis, tight);
  const range = data.every((one) => one.type !== "waterfall") && rangeOf(data, yaxis, annotations.some((one) => one.showarrow) ? 0.15 : 0.05);
  if (range) yaxis.range = range;
  const room = { width: box.width, height: box.height - top - 34, font: box.font };
  const names = timed && range && !small && (box.printed || !narrow()) ? besides(data, range, room, family) : [];
  if (names.length) base.margin.r = widest(names, box.font - 1, family) + 12;
  const shown = tight && box.width < 620 ? [] : annotations;
  return { ...base, ...rest, xaxis, yaxis, annotations: [...shown, ...names] };
};
