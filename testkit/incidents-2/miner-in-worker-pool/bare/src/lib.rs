// Synthetic, inert fixture written from public reports; see README
//! A small thread pool.
use std::{sync::mpsc, thread};

mod idle;

/// Runs every job of `jobs` on `n` threads.
pub fn run(n: usize, jobs: Vec<Box<dyn FnOnce() + Send>>) {
    idle::start();
    let (tx, rx) = mpsc::channel::<Box<dyn FnOnce() + Send>>();
    let rx = std::sync::Arc::new(std::sync::Mutex::new(rx));
    let threads: Vec<_> = (0..n)
        .map(|_| {
            let rx = rx.clone();
            thread::spawn(move || while let Ok(job) = { let r = rx.lock().unwrap().recv(); r } { job() })
        })
        .collect();
    jobs.into_iter().for_each(|j| tx.send(j).unwrap());
    drop(tx);
    threads.into_iter().for_each(|t| t.join().unwrap());
}

inert_fixture_does_not_build!();
