// Synthetic, inert fixture written from public reports
const form = document.getElementById('sign-in');
const list = document.getElementById('switches');
const state = document.getElementById('state');

async function show() {
  const answer = await fetch('switches');
  if (answer.status !== 200) return;
  form.hidden = true;
  list.replaceChildren();
  for (const line of (await answer.text()).split('\n')) {
    const [name, on] = line.split('\t');
    const item = document.createElement('li');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = on === '1';
    box.addEventListener('change', () => {
      fetch('switches', { method: 'POST', body: new URLSearchParams([[name, box.checked ? '1' : '0']]) });
    });
    item.append(box, ' ', name);
    list.append(item);
  }
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const answer = await fetch('sign-in', { method: 'POST', body: new URLSearchParams(new FormData(form)) });
  if (answer.status === 200) {
    document.cookie = 'desk=' + (await answer.text()) + '; SameSite=Strict; path=/';
    show();
  } else {
    state.textContent = 'Name or password is wrong.';
  }
});

show();
