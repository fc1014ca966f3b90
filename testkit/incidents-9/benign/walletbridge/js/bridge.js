// Synthetic, inert fixture written from public reports; see README
const found = new Map();

export function listen() {
  globalThis.addEventListener('eip6963:announceProvider', (event) => {
    const { info, provider } = event.detail ?? {};
    if (info && typeof info.uuid === 'string' && provider && typeof provider.request === 'function') {
      found.set(info.uuid, { info, provider });
    }
  });
  globalThis.dispatchEvent(new Event('eip6963:requestProvider'));
}

export function names() {
  return [...found.entries()].map(([uuid, { info }]) => [uuid, String(info.name), String(info.rdns)]);
}

export async function request(uuid, method, params) {
  const entry = found.get(uuid);
  if (!entry) {
    throw { code: 4900 };
  }
  return entry.provider.request(Object.freeze({ method, params }));
}
