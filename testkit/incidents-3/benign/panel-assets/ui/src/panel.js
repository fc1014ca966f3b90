// Synthetic, inert fixture written from public reports; see README
import { table } from './table.js';

const main = document.getElementById('main');
const load = async () => {
  const reply = await fetch('api/jobs', { credentials: 'same-origin' });
  if (!reply.ok) throw new Error(`status ${reply.status}`);
  main.replaceChildren(table(await reply.json()));
};
load().catch((e) => (main.textContent = e.message));
