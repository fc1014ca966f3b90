// Synthetic, inert fixture written from public reports
//! A small harness for benchmarks.

use serde::Serialize;
use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

/// One result.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Name of the benchmark.
    pub name: String,
    /// Median in nanoseconds.
    pub median: f64,
    /// Median of the distances to the median.
    pub deviation: f64,
    /// Samples.
    pub samples: usize,
    /// Commit of the project, if git knows one.
    pub commit: Option<String>,
    /// No changes beside the commit.
    pub clean: bool,
    /// Model of the processor.
    pub processor: String,
    /// System and architecture.
    pub system: String,
}

fn git(arguments: &[&str]) -> Option<String> {
    let out = Command::new("git").args(arguments).output().ok().filter(|o| o.status.success())?;
    Some(String::from_utf8_lossy(&out.stdout).trim().to_owned())
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = text.lines().find_map(|l| l.strip_prefix("model name"));
    line.and_then(|l| l.split_once(':')).map_or_else(|| "unknown".into(), |(_, m)| m.trim().to_owned())
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Collects the results of one run.
#[derive(Default)]
pub struct Ledger {
    rows: Vec<Row>,
}

impl Ledger {
    /// Measures a function.
    pub fn measure<T>(&mut self, name: &str, mut f: impl FnMut() -> T) {
        let start = Instant::now();
        let mut rounds = 0u32;
        while start.elapsed() < Duration::from_millis(200) {
            std::hint::black_box(f());
            rounds += 1;
        }
        let rounds = (rounds / 20).max(1);
        let mut samples: Vec<f64> = (0..50)
            .map(|_| {
                let start = Instant::now();
                for _ in 0..rounds {
                    std::hint::black_box(f());
                }
                start.elapsed().as_nanos() as f64 / f64::from(rounds)
            })
            .collect();
        let middle = median(&mut samples);
        let mut far: Vec<f64> = samples.iter().map(|s| (s - middle).abs()).collect();
        let row = Row {
            name: name.to_owned(),
            median: middle,
            deviation: median(&mut far),
            samples: samples.len(),
            commit: git(&["rev-parse", "HEAD"]),
            clean: git(&["status", "--porcelain"]).is_some_and(|s| s.is_empty()),
            processor: processor(),
            system: format!("{}-{}", env::consts::OS, env::consts::ARCH),
        };
        println!("{:<40} {:>12.1} ns ± {:.1}", row.name, row.median, row.deviation);
        self.rows.push(row);
    }

    /// Writes the results, and uploads them if both variables are set.
    pub fn finish(self) -> std::io::Result<()> {
        let target = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
        fs::create_dir_all(&target)?;
        let path = std::path::Path::new(&target).join("bench-ledger.jsonl");
        let mut file = fs::OpenOptions::new().create(true).append(true).open(path)?;
        for row in &self.rows {
            writeln!(file, "{}", serde_json::to_string(row)?)?;
        }
        let (Ok(url), Ok(token)) = (env::var("BENCH_LEDGER_URL"), env::var("BENCH_LEDGER_TOKEN")) else {
            return Ok(());
        };
        if env::var_os("BENCH_LEDGER_DRY").is_some() {
            println!("would upload to {url}:\n{}", serde_json::to_string_pretty(&self.rows)?);
            return Ok(());
        }
        if !url.starts_with("https://") {
            return Err(std::io::Error::other("BENCH_LEDGER_URL: expected https"));
        }
        println!("uploading {} rows to {url}", self.rows.len());
        ureq::post(&url)
            .set("Authorization", &format!("Bearer {token}"))
            .timeout(Duration::from_secs(30))
            .send_json(&self.rows)
            .map_err(std::io::Error::other)?;
        Ok(())
    }
}

inert_fixture_does_not_build!();
