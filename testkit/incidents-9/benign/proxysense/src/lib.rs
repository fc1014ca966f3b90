// Synthetic, inert fixture written from public reports; see README
//! Proxy settings of the system.

use std::env;
use std::process::{Command, Stdio};

/// What the system says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    pub http: Option<String>,
    pub https: Option<String>,
    /// Address of a script; not fetched here.
    pub script: Option<String>,
    pub bypass: Vec<String>,
    pub source: Source,
}

/// Where settings come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Source {
    #[default]
    None,
    Variables,
    Desktop,
    Registry,
}

fn variable(name: &str) -> Option<String> {
    // HTTP_PROXY in capitals can come from a request header under CGI.
    let upper = (name != "http_proxy" || env::var_os("REQUEST_METHOD").is_none())
        .then(|| env::var(name.to_uppercase()).ok())
        .flatten();
    env::var(name).ok().or(upper).filter(|v| !v.is_empty())
}

fn output(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn from_variables() -> Option<Settings> {
    let all = variable("all_proxy");
    let settings = Settings {
        http: variable("http_proxy").or_else(|| all.clone()),
        https: variable("https_proxy").or(all),
        script: None,
        bypass: variable("no_proxy").map_or_else(Vec::new, |v| v.split(',').map(|s| s.trim().to_string()).collect()),
        source: Source::Variables,
    };
    (settings.http.is_some() || settings.https.is_some()).then_some(settings)
}

fn from_gsettings() -> Option<Settings> {
    let text = output("gsettings", &["list-recursively", "org.gnome.system.proxy"])?;
    let value = |schema: &str, key: &str| {
        let start = format!("{schema} {key} ");
        text.lines()
            .find_map(|l| l.strip_prefix(&start))
            .map(|v| v.trim_matches('\'').to_string())
            .filter(|v| !v.is_empty() && v != "0")
    };
    let base = "org.gnome.system.proxy";
    let pair = |kind: &str| {
        let schema = format!("{base}.{kind}");
        Some(format!("http://{}:{}", value(&schema, "host")?, value(&schema, "port")?))
    };
    match value(base, "mode")?.as_str() {
        "manual" => Some(Settings { http: pair("http"), https: pair("https"), source: Source::Desktop, ..Settings::default() }),
        "auto" => Some(Settings { script: value(base, "autoconfig-url"), source: Source::Desktop, ..Settings::default() }),
        _ => None,
    }
}

fn from_scutil() -> Option<Settings> {
    let text = output("scutil", &["--proxy"])?;
    let value = |key: &str| {
        text.lines()
            .filter_map(|l| l.split_once(" : "))
            .find(|(k, _)| k.trim() == key)
            .map(|(_, v)| v.trim().to_string())
    };
    let pair = |kind: &str| {
        (value(&format!("{kind}Enable"))? == "1").then_some(())?;
        Some(format!("http://{}:{}", value(&format!("{kind}Proxy"))?, value(&format!("{kind}Port"))?))
    };
    Some(Settings {
        http: pair("HTTP"),
        https: pair("HTTPS"),
        script: value("ProxyAutoConfigURLString"),
        bypass: Vec::new(),
        source: Source::Desktop,
    })
}

fn from_registry() -> Option<Settings> {
    let key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings";
    let text = output("reg", &["query", key])?;
    let value = |name: &str| {
        text.lines()
            .map(|l| l.split_whitespace().collect::<Vec<_>>())
            .find(|w| w.len() == 3 && w[0] == name)
            .map(|w| w[2].to_string())
    };
    let server = (value("ProxyEnable")? == "0x1").then(|| value("ProxyServer")).flatten();
    Some(Settings {
        http: server.clone(),
        https: server,
        script: value("AutoConfigURL"),
        bypass: value("ProxyOverride").map_or_else(Vec::new, |v| v.split(';').map(String::from).collect()),
        source: Source::Registry,
    })
}

/// The settings of the system.
pub fn read() -> Settings {
    let system = || {
        if cfg!(windows) {
            from_registry()
        } else if cfg!(target_os = "macos") {
            from_scutil()
        } else {
            from_gsettings()
        }
    };
    from_variables().or_else(system).unwrap_or_default()
}

inert_fixture_does_not_build!();
