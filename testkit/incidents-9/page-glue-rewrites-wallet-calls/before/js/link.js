// Synthetic, inert fixture written from public reports; see README
export function findProvider() {
  const provider = globalThis.ethereum;
  if (provider && typeof provider.request === 'function') {
    return provider;
  }
  return undefined;
}

export function request(provider, method, params) {
  return provider.request({ method, params });
}

export function onAccounts(provider, callback) {
  if (typeof provider.on === 'function') {
    provider.on('accountsChanged', callback);
  }
}
