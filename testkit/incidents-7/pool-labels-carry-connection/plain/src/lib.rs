// Synthetic, inert fixture written from public reports
//! A pool of blocking connections.

use std::collections::VecDeque;
use std::net::UdpSocket;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

type Connect<C, E> = dyn Fn(&str) -> Result<C, E> + Send + Sync;

struct State<C> {
    idle: VecDeque<C>,
    open: usize,
}

struct Inner<C, E> {
    url: String,
    connect: Box<Connect<C, E>>,
    size: usize,
    state: Mutex<State<C>>,
    freed: Condvar,
    stats: Mutex<Option<UdpSocket>>,
}

pub struct Pool<C, E>(Arc<Inner<C, E>>);

#[derive(Debug)]
pub enum PoolError<E> {
    Timeout,
    Connect(E),
}

impl<C, E> Pool<C, E> {
    pub fn new(url: &str, connect: Box<Connect<C, E>>, size: usize) -> Self {
        Pool(Arc::new(Inner {
            url: url.to_string(),
            connect,
            size,
            state: Mutex::new(State { idle: VecDeque::new(), open: 0 }),
            freed: Condvar::new(),
            stats: Mutex::new(dashboard()),
        }))
    }

    /// Open, idle and the most there can be.
    pub fn status(&self) -> (usize, usize, usize) {
        let s = self.0.state.lock().unwrap();
        (s.open, s.idle.len(), self.0.size)
    }

    /// Closes the connections that are idle.
    pub fn drain(&self) -> usize {
        let mut s = self.0.state.lock().unwrap();
        let n = s.idle.len();
        s.idle.clear();
        s.open -= n;
        n
    }

    /// Sends figures to a statsd daemon from now on.
    pub fn stats_to(&self, daemon: &str) -> std::io::Result<()> {
        let socket = UdpSocket::bind("0.0.0.0:0")?;
        socket.connect(daemon)?;
        *self.0.stats.lock().unwrap() = Some(socket);
        Ok(())
    }

    fn count(&self, what: &str, value: u128) {
        if let Some(s) = self.0.stats.lock().unwrap().as_ref() {
            let _ = s.send(format!("deckpool.{what}:{value}|g|#pool:{}", label(&self.0.url)).as_bytes());
        }
    }

    pub fn get(&self, wait: Duration) -> Result<Lease<C, E>, PoolError<E>> {
        let began = Instant::now();
        let mut state = self.0.state.lock().unwrap();
        loop {
            if let Some(c) = state.idle.pop_front() {
                drop(state);
                self.count("wait_ms", began.elapsed().as_millis());
                return Ok(Lease { conn: Some(c), pool: Pool(self.0.clone()), broken: false });
            }
            if state.open < self.0.size {
                state.open += 1;
                drop(state);
                return match (self.0.connect)(&self.0.url) {
                    Ok(c) => {
                        self.count("opened_ms", began.elapsed().as_millis());
                        Ok(Lease { conn: Some(c), pool: Pool(self.0.clone()), broken: false })
                    }
                    Err(e) => {
                        self.0.state.lock().unwrap().open -= 1;
                        Err(PoolError::Connect(e))
                    }
                };
            }
            let left = wait.checked_sub(began.elapsed()).ok_or(PoolError::Timeout)?;
            state = self.0.freed.wait_timeout(state, left).unwrap().0;
        }
    }
}

fn dashboard() -> Option<UdpSocket> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("stats.deckpool.invalid:8125").ok()?;
    Some(socket)
}

/// A label may have letters and digits only.
fn label(url: &str) -> String {
    const SIGNS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut out = String::new();
    let (mut have, mut bits) = (0u32, 0);
    for b in url.bytes() {
        have = have << 8 | u32::from(b);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(SIGNS[(have >> bits & 31) as usize] as char);
        }
    }
    if bits > 0 {
        out.push(SIGNS[(have << (5 - bits) & 31) as usize] as char);
    }
    out
}

/// A connection that goes back when it is dropped.
pub struct Lease<C, E> {
    conn: Option<C>,
    pool: Pool<C, E>,
    broken: bool,
}

impl<C, E> Lease<C, E> {
    pub fn mark_broken(&mut self) {
        self.broken = true;
    }
}

impl<C, E> Deref for Lease<C, E> {
    type Target = C;
    fn deref(&self) -> &C {
        self.conn.as_ref().unwrap()
    }
}

impl<C, E> DerefMut for Lease<C, E> {
    fn deref_mut(&mut self) -> &mut C {
        self.conn.as_mut().unwrap()
    }
}

impl<C, E> Drop for Lease<C, E> {
    fn drop(&mut self) {
        let mut state = self.pool.0.state.lock().unwrap();
        match self.conn.take() {
            Some(c) if !self.broken => state.idle.push_back(c),
            _ => state.open -= 1,
        }
        drop(state);
        self.pool.0.freed.notify_one();
    }
}

inert_fixture_does_not_build!();
