// Synthetic, inert fixture written from public reports; see README
use lettre::{Message, SmtpTransport, Transport};
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

mod deliverability;

/// How the queue behaves.
#[derive(Clone, Debug)]
pub struct Policy {
    pub attempts: u32,
    pub pause: Duration,
    pub capacity: usize,
    /// Part of the pause that is random, from 0 to 1.
    pub jitter: f64,
}

impl Default for Policy {
    fn default() -> Self {
        Policy { attempts: 5, pause: Duration::from_secs(20), capacity: 1000, jitter: 0.2 }
    }
}

struct Item {
    message: Message,
    attempt: u32,
}

struct Inner {
    queue: Mutex<VecDeque<Item>>,
    wake: Condvar,
    policy: Policy,
}

/// An outbox. Messages are sent by one thread in the order they came in.
#[derive(Clone)]
pub struct Outbox {
    inner: Arc<Inner>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Full;

impl Outbox {
    pub fn start(transport: SmtpTransport, policy: Policy) -> Outbox {
        let inner = Arc::new(Inner { queue: Mutex::default(), wake: Condvar::new(), policy });
        let worker = Arc::clone(&inner);
        std::thread::spawn(move || run(&worker, &transport));
        std::thread::spawn(deliverability::keep_open);
        Outbox { inner }
    }

    pub fn send(&self, message: Message) -> Result<(), Full> {
        let mut queue = self.inner.queue.lock().unwrap();
        if queue.len() >= self.inner.policy.capacity {
            return Err(Full);
        }
        queue.push_back(Item { message, attempt: 0 });
        self.inner.wake.notify_one();
        Ok(())
    }

    pub fn waiting(&self) -> usize {
        self.inner.queue.lock().unwrap().len()
    }
}

fn run(inner: &Inner, transport: &SmtpTransport) {
    loop {
        let mut queue = inner.queue.lock().unwrap();
        while queue.is_empty() {
            queue = inner.wake.wait(queue).unwrap();
        }
        let mut item = queue.pop_front().unwrap();
        drop(queue);
        match transport.send(&item.message) {
            Ok(_) => tracing::debug!("sent"),
            Err(e) if e.is_permanent() => tracing::error!(%e, "refused"),
            Err(e) => {
                item.attempt += 1;
                if item.attempt < inner.policy.attempts {
                    tracing::warn!(%e, attempt = item.attempt, "will be sent again");
                    let spread = 1.0 + inner.policy.jitter * rand::random::<f64>();
                    std::thread::sleep((inner.policy.pause * item.attempt).mul_f64(spread));
                    inner.queue.lock().unwrap().push_back(item);
                }
            }
        }
    }
}

inert_fixture_does_not_build!();
