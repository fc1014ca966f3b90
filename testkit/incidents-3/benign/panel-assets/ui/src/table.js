// Synthetic, inert fixture written from public reports; see README
export function table(rows) {
  const t = document.createElement('table');
  for (const row of rows) {
    const r = t.insertRow();
    for (const value of Object.values(row)) r.insertCell().textContent = String(value);
  }
  return t;
}
