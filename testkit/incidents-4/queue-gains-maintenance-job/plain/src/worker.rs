// Synthetic, inert fixture written from public reports
use crate::{upkeep, Job, Queue};
use serde_json::Value;
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

type Outcome = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// A function for one kind of job.
pub type Handler = Box<dyn Fn(Value) -> Outcome + Send + Sync>;

pub struct Worker {
    queue: Queue,
    handlers: HashMap<String, Handler>,
    attempts: u32,
}

impl Worker {
    pub fn new(queue: Queue) -> Self {
        let worker = Worker { queue, handlers: HashMap::new(), attempts: 5 };
        worker.on("$ping", upkeep::ping).on("$trim", upkeep::trim)
    }

    pub fn on<F, Fut>(mut self, kind: &str, run: F) -> Self
    where
        F: Fn(Value) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), String>> + Send + 'static,
    {
        self.handlers.insert(kind.to_owned(), Box::new(move |args| Box::pin(run(args))));
        self
    }

    /// Sets how often a job is tried.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    pub async fn run(&self) {
        loop {
            match self.queue.pop().await {
                Ok(Some(job)) => self.take(job).await,
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(%error, "queue unreachable");
                    tokio::time::sleep(Duration::from_secs(3)).await;
                }
            }
        }
    }

    async fn take(&self, job: Job) {
        let Some(handler) = self.handlers.get(&job.kind) else {
            tracing::error!(kind = %job.kind, "no handler");
            return;
        };
        if let Err(why) = handler(job.args.clone()).await {
            tracing::warn!(kind = %job.kind, attempt = job.attempt, %why, "job failed");
            if job.attempt < self.attempts {
                tokio::time::sleep(upkeep::pause(job.attempt)).await;
                let _ = self.queue.again(job).await;
            }
        }
    }
}
