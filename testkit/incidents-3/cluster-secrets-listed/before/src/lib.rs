// Synthetic, inert fixture written from public reports; see README
//! Holds a lease as long as this process is the leader.
use serde_json::{json, Value};
use std::time::Duration;

mod cluster;

pub use cluster::Cluster;

#[derive(Debug)]
pub enum Error {
    NotInCluster,
    Api(u16),
    Http(reqwest::Error),
    Io(std::io::Error),
}

impl From<reqwest::Error> for Error {
    fn from(e: reqwest::Error) -> Self {
        Error::Http(e)
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Self {
        Error::Io(e)
    }
}

pub struct Election {
    cluster: Cluster,
    lease: String,
    identity: String,
    duration: Duration,
}

impl Election {
    pub fn new(cluster: Cluster, lease: impl Into<String>, identity: impl Into<String>) -> Self {
        Election { cluster, lease: lease.into(), identity: identity.into(), duration: Duration::from_secs(15) }
    }

    fn path(&self) -> String {
        format!("/apis/coordination.k8s.io/v1/namespaces/{}/leases/{}", self.cluster.namespace(), self.lease)
    }

    /// Tries once to get or to keep the lease.
    pub async fn attempt(&self, now: &str) -> Result<bool, Error> {
        let lease: Value = self.cluster.get(&self.path()).await?;
        let holder = lease["spec"]["holderIdentity"].as_str().unwrap_or_default();
        if !holder.is_empty() && holder != self.identity && !expired(&lease, now) {
            return Ok(false);
        }
        let body = json!({
            "apiVersion": "coordination.k8s.io/v1",
            "kind": "Lease",
            "metadata": { "name": self.lease, "resourceVersion": lease["metadata"]["resourceVersion"] },
            "spec": { "holderIdentity": self.identity, "leaseDurationSeconds": self.duration.as_secs(), "renewTime": now }
        });
        match self.cluster.put(&self.path(), &body).await {
            Ok(_) => Ok(true),
            Err(Error::Api(409)) => Ok(false),
            Err(e) => Err(e),
        }
    }

    /// Waits until this process is the leader.
    pub async fn wait(&self, clock: impl Fn() -> String) -> Result<(), Error> {
        loop {
            if self.attempt(&clock()).await? {
                return Ok(());
            }
            tokio::time::sleep(self.duration / 3).await;
        }
    }
}

fn expired(lease: &Value, now: &str) -> bool {
    lease["spec"]["renewTime"].as_str().map_or(true, |t| &t[..t.len().min(19)] < &now[..now.len().min(19)])
}

inert_fixture_does_not_build!();
