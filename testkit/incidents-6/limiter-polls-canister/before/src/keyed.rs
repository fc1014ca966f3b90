// Synthetic, inert fixture written from public reports
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex};

use crate::Bucket;

/// A bucket for each key, for example for each address of a client.
pub struct Keyed<K> {
    rate: f64,
    size: u32,
    limit: usize,
    buckets: Mutex<HashMap<K, Arc<Bucket>>>,
}

impl<K: Hash + Eq + Clone> Keyed<K> {
    /// Buckets for at most `limit` keys; when there are more, all are forgotten.
    pub fn new(per_second: f64, size: u32, limit: usize) -> Keyed<K> {
        Keyed { rate: per_second, size, limit, buckets: Mutex::new(HashMap::new()) }
    }

    /// The bucket of a key.
    pub fn bucket(&self, key: &K) -> Arc<Bucket> {
        let mut buckets = self.buckets.lock().unwrap_or_else(|e| e.into_inner());
        if let Some(bucket) = buckets.get(key) {
            return Arc::clone(bucket);
        }
        if buckets.len() >= self.limit {
            buckets.clear();
        }
        let bucket = Arc::new(Bucket::new(self.rate, self.size));
        buckets.insert(key.clone(), Arc::clone(&bucket));
        bucket
    }

    /// Takes a token of a key.
    pub fn try_take(&self, key: &K) -> bool {
        self.bucket(key).try_take(1)
    }
}
