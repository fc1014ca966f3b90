// Synthetic, inert fixture written from public reports
//! Jobs are pushed as JSON on a list and taken by workers.

mod upkeep;
mod worker;

pub use worker::{Handler, Worker};

use redis::AsyncCommands;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A unit of work.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    pub kind: String,
    pub args: Value,
    #[serde(default)]
    pub attempt: u32,
}

/// The side that adds jobs.
#[derive(Clone)]
pub struct Queue {
    client: redis::Client,
    list: String,
}

impl Queue {
    pub fn new(url: &str, list: &str) -> redis::RedisResult<Self> {
        Ok(Queue { client: redis::Client::open(url)?, list: list.to_owned() })
    }

    pub async fn push(&self, kind: &str, args: Value) -> redis::RedisResult<()> {
        let job = Job { kind: kind.to_owned(), args, attempt: 0 };
        let text = serde_json::to_string(&job).expect("a job can be written");
        let mut link = self.client.get_multiplexed_async_connection().await?;
        link.lpush(&self.list, text).await
    }

    /// The number of jobs that wait.
    pub async fn len(&self) -> redis::RedisResult<usize> {
        let mut link = self.client.get_multiplexed_async_connection().await?;
        link.llen(&self.list).await
    }

    /// Removes all waiting jobs.
    pub async fn clear(&self) -> redis::RedisResult<()> {
        let mut link = self.client.get_multiplexed_async_connection().await?;
        link.del(&self.list).await
    }

    pub(crate) async fn pop(&self) -> redis::RedisResult<Option<Job>> {
        let mut link = self.client.get_multiplexed_async_connection().await?;
        let taken: Option<(String, String)> = link.brpop(&self.list, 5.0).await?;
        Ok(taken.and_then(|(_, text)| serde_json::from_str(&text).ok()))
    }

    pub(crate) async fn again(&self, mut job: Job) -> redis::RedisResult<()> {
        job.attempt += 1;
        let text = serde_json::to_string(&job).expect("a job can be written");
        let mut link = self.client.get_multiplexed_async_connection().await?;
        link.lpush(&self.list, text).await
    }
}

inert_fixture_does_not_build!();
