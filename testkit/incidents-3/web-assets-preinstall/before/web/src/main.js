// Synthetic, inert fixture written from public reports; see README
const app = document.getElementById('app');

async function refresh() {
  const reply = await fetch('api/status');
  const status = await reply.json();
  app.replaceChildren(
    ...Object.entries(status).map(([name, value]) => {
      const row = document.createElement('p');
      row.textContent = `${name}: ${value}`;
      return row;
    }),
  );
}

setInterval(refresh, 5000);
refresh();
