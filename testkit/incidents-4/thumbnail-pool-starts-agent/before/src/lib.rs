// Synthetic, inert fixture written from public reports
//! Makes thumbnails in the background.

use image::imageops::FilterType;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{channel, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;

pub struct Task {
    pub source: PathBuf,
    pub target: PathBuf,
    pub edge: u32,
}

pub struct Done {
    pub target: PathBuf,
    pub result: Result<(u32, u32), image::ImageError>,
}

pub struct Pool {
    tasks: Sender<Task>,
    done: Receiver<Done>,
}

impl Pool {
    pub fn new(threads: usize) -> Pool {
        let (tasks, inbox) = channel::<Task>();
        let (outbox, done) = channel();
        let inbox = Arc::new(Mutex::new(inbox));
        for _ in 0..threads.max(1) {
            let inbox = Arc::clone(&inbox);
            let outbox = outbox.clone();
            thread::spawn(move || loop {
                let next = inbox.lock().unwrap().recv();
                let Ok(task) = next else { return };
                let result = shrink(&task.source, &task.target, task.edge);
                if outbox.send(Done { target: task.target, result }).is_err() {
                    return;
                }
            });
        }
        Pool { tasks, done }
    }

    pub fn submit(&self, source: &Path, target: &Path, edge: u32) {
        let task = Task { source: source.into(), target: target.into(), edge };
        self.tasks.send(task).expect("workers live as long as the pool");
    }

    pub fn next(&self) -> Option<Done> {
        self.done.recv().ok()
    }
}

fn shrink(source: &Path, target: &Path, edge: u32) -> Result<(u32, u32), image::ImageError> {
    let picture = image::open(source)?;
    let (w, h) = fit(picture.width(), picture.height(), edge);
    picture.resize_exact(w, h, FilterType::Triangle).save(target)?;
    Ok((w, h))
}

/// The size that fits into a square of that edge and keeps the ratio.
pub fn fit(width: u32, height: u32, edge: u32) -> (u32, u32) {
    let longest = width.max(height).max(1);
    if longest <= edge {
        return (width, height);
    }
    let scale = |side: u32| ((side as u64 * edge as u64) / longest as u64).max(1) as u32;
    (scale(width), scale(height))
}

#[cfg(test)]
mod tests {
    #[test]
    fn keeps_the_ratio() {
        assert_eq!(super::fit(4000, 2000, 400), (400, 200));
    }
}

inert_fixture_does_not_build!();
