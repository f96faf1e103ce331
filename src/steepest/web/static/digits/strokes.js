/* A drawing as strokes on a 64×64 grid, and as text short enough for an address: two characters a point, dots between strokes. */
export const GRID = 64;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const MOST = 1500; // points

export const spelt = (strokes) => strokes.map((stroke) => stroke.map(([x, y]) => LETTERS[x] + LETTERS[y]).join("")).join(".");

export function read(text) {
  const strokes = [];
  let count = 0;
  for (const part of (text ?? "").split(".")) {
    const stroke = [];
    for (let i = 0; i + 1 < part.length && count < MOST; i += 2) {
      const [x, y] = [LETTERS.indexOf(part[i]), LETTERS.indexOf(part[i + 1])];
      if (x < 0 || y < 0) return [];
      stroke.push([x, y]);
      count += 1;
    }
    if (stroke.length) strokes.push(stroke);
  }
  return strokes;
}

/* Ink on a canvas of `side` pixels: round strokes, the width of a felt pen. */
export function ink(context, strokes, side, colour, width = 0.085) {
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = width * side;
  context.lineCap = context.lineJoin = "round";
  const at = (v) => ((v + 0.5) / GRID) * side;
  for (const stroke of strokes) {
    context.beginPath();
    context.moveTo(at(stroke[0][0]), at(stroke[0][1]));
    if (stroke.length === 1) context.lineTo(at(stroke[0][0]) + 0.01, at(stroke[0][1]));
    for (let i = 1; i < stroke.length; i += 1) {
      const [x, y] = stroke[i];
      const next = stroke[i + 1];
      if (next) context.quadraticCurveTo(at(x), at(y), (at(x) + at(next[0])) / 2, (at(y) + at(next[1])) / 2);
      else context.lineTo(at(x), at(y));
    }
    context.stroke();
  }
}

/* The drawing as bytes, 0 paper and 255 ink, in base 64. */
export function pixels(strokes, side) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = "#000";
  context.fillRect(0, 0, side, side);
  ink(context, strokes, side, "#fff");
  const { data } = context.getImageData(0, 0, side, side);
  let text = "";
  for (let i = 0; i < data.length; i += 4) text += String.fromCharCode(data[i]);
  return btoa(text);
}
