//! Tasks: threads, channels, futures, files and connections behind traits.

use std::collections::{BinaryHeap, VecDeque};
use std::env;
use std::fs::{self, File, OpenOptions};
use std::future::Future;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::process::{Command, Stdio};
use std::sync::{mpsc, Arc, Condvar, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

/// A place that keeps bytes under names.
pub trait StorePART: Send + Sync {
    type Error: std::error::Error + Send + Sync + 'static;

    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Self::Error>;
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Self::Error>;

    fn copy<S>(&self, other: &S, name: &str) -> Result<bool, Self::Error>
    where
        S: StorePART<Error = Self::Error> + ?Sized,
    {
        match self.get(name)? {
            Some(bytes) => other.put(name, &bytes).map(|()| true),
            None => Ok(false),
        }
    }
}

pub struct FolderPART {
    root: PathBuf,
}

impl StorePART for FolderPART {
    type Error = io::Error;

    fn get(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.root.join(name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e),
        }
    }

    fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.root.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let draft = path.with_extension("new");
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(&draft)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(draft, path)
    }
}

/// A queue with a limit, between threads.
pub struct QueuePART<T> {
    items: Mutex<VecDeque<T>>,
    changed: Condvar,
    limit: usize,
}

impl<T: Send + 'static> QueuePART<T> {
    pub fn new(limit: usize) -> Arc<Self> {
        Arc::new(QueuePART { items: Mutex::new(VecDeque::new()), changed: Condvar::new(), limit })
    }

    pub fn put(&self, item: T) {
        let mut items = self.changed.wait_while(self.items.lock().unwrap(), |i| i.len() >= self.limit).unwrap();
        items.push_back(item);
        self.changed.notify_all();
    }

    pub fn take(&self, patience: Duration) -> Option<T> {
        let (mut items, _) = self
            .changed
            .wait_timeout_while(self.items.lock().unwrap(), patience, |i| i.is_empty())
            .unwrap();
        let item = items.pop_front();
        self.changed.notify_all();
        item
    }
}

/// Runs a function for each item on several threads, and returns the results in order.
pub fn each_PART<I, O, F>(items: Vec<I>, threads: usize, work: F) -> Vec<O>
where
    I: Send,
    O: Send,
    F: Fn(I) -> O + Sync,
{
    let (sender, receiver) = mpsc::channel();
    let waiting = Mutex::new(items.into_iter().enumerate());
    thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            let sender = sender.clone();
            let (waiting, work) = (&waiting, &work);
            scope.spawn(move || loop {
                let Some((number, item)) = waiting.lock().unwrap().next() else { break };
                if sender.send((number, work(item))).is_err() {
                    break;
                }
            });
        }
    });
    drop(sender);
    let mut results: Vec<_> = receiver.into_iter().collect();
    results.sort_by_key(|(number, _)| *number);
    results.into_iter().map(|(_, result)| result).collect()
}

/// A future that is ready at a moment.
pub struct TimerPART {
    at: Instant,
    waker: Arc<Mutex<Option<Waker>>>,
}

impl Future for TimerPART {
    type Output = Instant;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Instant> {
        if Instant::now() >= self.at {
            return Poll::Ready(self.at);
        }
        if self.waker.lock().unwrap().replace(context.waker().clone()).is_none() {
            let (at, waker) = (self.at, Arc::clone(&self.waker));
            thread::spawn(move || {
                thread::sleep(at.saturating_duration_since(Instant::now()));
                if let Some(waker) = waker.lock().unwrap().take() {
                    waker.wake();
                }
            });
        }
        Poll::Pending
    }
}

pub async fn retry_PART<T, E, F>(mut attempt: impl FnMut(u32) -> F, most: u32) -> Result<T, E>
where
    F: Future<Output = Result<T, E>>,
{
    let mut number = 0;
    loop {
        match attempt(number).await {
            Ok(value) => return Ok(value),
            Err(error) if number + 1 >= most => return Err(error),
            Err(_) => {
                number += 1;
                let at = Instant::now() + Duration::from_millis(10 << number.min(6));
                TimerPART { at, waker: Arc::default() }.await;
            }
        }
    }
}

/// Answers each connection with what it sent.
pub fn echo_PART(address: IpAddr, connections: usize) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((address, 0))?;
    let bound = listener.local_addr()?;
    thread::Builder::new().name("echo".into()).spawn(move || {
        for stream in listener.incoming().take(connections).flatten() {
            let _ = answer(stream);
        }
    })?;
    Ok(bound)
}

fn answer(mut stream: TcpStream) -> io::Result<u64> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut reader = BufReader::new(stream.try_clone()?).take(1 << 20);
    io::copy(&mut reader, &mut stream)
}

/// Returns the editor that a person prefers, with the file to edit.
pub fn editor_PART(file: &Path) -> io::Result<Command> {
    let program = env::var_os("EDITOR").unwrap_or_else(|| "vi".into());
    let mut command = Command::new(program);
    command.arg("--").arg(file).stdin(Stdio::inherit()).stdout(Stdio::inherit());
    Ok(command)
}

pub fn tail_PART(file: &mut File, bytes: u64) -> io::Result<String> {
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(bytes)))?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    Ok(text)
}

pub fn largest_PART<T: Ord>(items: impl IntoIterator<Item = T>, count: usize) -> Vec<T> {
    let mut heap = BinaryHeap::with_capacity(count + 1);
    for item in items {
        heap.push(std::cmp::Reverse(item));
        if heap.len() > count {
            heap.pop();
        }
    }
    heap.into_sorted_vec().into_iter().map(|r| r.0).collect()
}
