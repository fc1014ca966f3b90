package lazaret.testkit.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import lazaret.vetting.inspect.SignalWeight;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Honest neighbors of thieves: clients, uploaders, reporters and stores of secrets. Each begins
/// with a name in a comment; `// -- file` begins another source. All are inert and never compiled.
final class HonestClientTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        // github-token
        //! A client for the GitHub API.
        pub struct Client { http: reqwest::Client, token: String }
        impl Client {
            pub fn from_env() -> Option<Self> { Some(Client { http: reqwest::Client::new(), token: std::env::var("GITHUB_TOKEN").ok()? }) }
            pub async fn issues(&self, repo: &str) -> reqwest::Result<Vec<Issue>> {
                self.http.get(format!("https://api.github.com/repos/{repo}/issues")).bearer_auth(&self.token).send().await?.json().await
            }
        }
        """,
        """
        // weather-key
        const BASE: &str = "https://api.weather-service.net/v2";
        pub struct Weather { api_key: String }
        impl Weather {
            pub fn new(api_key: &str) -> Self { Weather { api_key: api_key.to_string() } }
            pub fn now(&self, city: &str) -> Result<Report, ureq::Error> {
                Ok(ureq::get(&format!("{BASE}/now")).query("q", city).query("appid", &self.api_key).call()?.into_json()?)
            }
        }
        """,
        """
        // oauth-device
        const AUTH: &str = "https://login.idp-host.net/oauth/token";
        pub struct Flow { http: reqwest::Client, client_id: String, client_secret: String }
        impl Flow {
            pub async fn exchange(&self, code: &str) -> reqwest::Result<Tokens> {
                self.http.post(AUTH).form(&[("grant_type", "authorization_code"), ("code", code), ("client_id", &self.client_id)]).basic_auth(&self.client_id, Some(&self.client_secret)).send().await?.json().await
            }
        }
        """,
        """
        // default-base
        pub const DEFAULT_BASE: &str = "https://api.cloud-host.net";
        pub struct Client { http: reqwest::Client, base: String, token: String }
        impl Client {
            pub fn new(token: impl Into<String>) -> Self { Self::with_base(DEFAULT_BASE, token) }
            pub fn with_base(base: impl Into<String>, token: impl Into<String>) -> Self { Client { http: reqwest::Client::new(), base: base.into(), token: token.into() } }
            pub async fn login(&self, user: &str, password: &str) -> reqwest::Result<String> { self.http.post(format!("{}/login", self.base)).json(&serde_json::json!({ "user": user, "password": password })).send().await?.text().await }
            pub async fn create(&self, name: &str) -> reqwest::Result<Machine> { self.http.post(format!("{}/v1/machines", self.base)).bearer_auth(&self.token).json(&serde_json::json!({ "name": name })).send().await?.json().await }
        }
        """,
        """
        // rpc-wallet
        pub struct Rpc { http: reqwest::Client, node: String }
        impl Rpc {
            pub fn mainnet() -> Self { Rpc { http: reqwest::Client::new(), node: "https://rpc.chain-node.net".into() } }
            pub async fn transfer(&self, signer: &SigningKey, to: &[u8; 32], amount: u64) -> reqwest::Result<String> {
                let message = encode(signer.verifying_key().as_bytes(), to, amount);
                let signature = signer.sign(&message);
                let body = serde_json::json!({ "method": "send", "params": [hex::encode(message), hex::encode(signature.to_bytes())] });
                self.http.post(&self.node).json(&body).send().await?.text().await
            }
        }
        """,
        """
        // coveralls
        pub fn report(coverage: &[u8]) -> Result<(), ureq::Error> {
            let repo_token = std::env::var("COVERALLS_REPO_TOKEN").unwrap_or_default();
            let job = std::env::var("GITHUB_RUN_ID").ok();
            let sha = std::env::var("GITHUB_SHA").ok();
            let body = serde_json::json!({ "repo_token": repo_token, "service_job_id": job, "git": { "head": { "id": sha } }, "source_files": coverage });
            ureq::post("https://coveralls.io/api/v1/jobs").send_json(body)?;
            Ok(())
        }
        """,
        """
        // span-caller
        pub struct Exporter { endpoint: String, headers: Vec<(String, String)> }
        impl Exporter {
            pub fn new(endpoint: &str) -> Self { Exporter { endpoint: endpoint.into(), headers: vec![] } }
            pub fn send(&self, spans: &[Span]) -> Result<(), ureq::Error> {
                let host = gethostname::gethostname().to_string_lossy().into_owned();
                let body = serde_json::json!({ "resource": { "host.name": host, "user": whoami::username() }, "spans": spans });
                ureq::post(&self.endpoint).send_json(body)?; Ok(())
            }
        }
        """,
        """
        // webhook-caller
        pub struct Hook { http: reqwest::Client, url: String, secret: String }
        impl Hook {
            pub async fn fire(&self, event: &Event) -> reqwest::Result<()> {
                let body = serde_json::to_vec(event).unwrap();
                let sig = hmac_sha256(&self.secret, &body);
                self.http.post(&self.url).header("X-Signature", hex::encode(sig)).body(body).send().await?; Ok(())
            }
        }
        """,
        """
        // breach-range
        pub async fn pwned(password: &str) -> reqwest::Result<bool> {
            let digest = hex::encode_upper(Sha1::digest(password.as_bytes()));
            let (head, tail) = digest.split_at(5);
            let text = reqwest::get(format!("https://api.pwnedpasswords.com/range/{head}")).await?.text().await?;
            Ok(text.lines().any(|l| l.starts_with(tail)))
        }
        """,
        """
        // s3-sign
        pub struct Store { endpoint: String, key: String, secret: String }
        impl Store {
            pub fn put(&self, path: &str, data: &[u8]) -> Result<(), ureq::Error> {
                let sig = hex::encode(hmac(self.secret.as_bytes(), path.as_bytes()));
                ureq::put(&format!("{}/{path}", self.endpoint)).set("Authorization", &format!("AWS4 {}:{sig}", self.key)).send_bytes(data)?; Ok(())
            }
        }
        """,
        """
        // updater
        const FEED: &str = "https://dl.tool-host.net/latest.json";
        pub fn check(current: &str) -> Result<Option<Release>, ureq::Error> {
            let r: Release = ureq::get(FEED).set("User-Agent", concat!("tool/", env!("CARGO_PKG_VERSION"))).call()?.into_json()?;
            Ok((r.version != current).then_some(r))
        }
        """,
        """
        // uploader
        const BASE: &str = "https://uploads.share-host.net";
        pub async fn upload(path: &std::path::Path, token: &str) -> anyhow::Result<String> {
            let data = tokio::fs::read(path).await?;
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let r = reqwest::Client::new().post(format!("{BASE}/files")).query(&[("name", name)]).bearer_auth(token).body(data).send().await?;
            Ok(r.text().await?)
        }
        """,
        """
        // two-apis
        pub struct Geo { http: reqwest::Client, api_key: String }
        impl Geo {
            pub async fn here(&self, ip: &str) -> reqwest::Result<Place> { self.http.get(format!("https://geo.first-host.net/{ip}")).query(&[("key", &self.api_key)]).send().await?.json().await }
            pub async fn fallback(&self, ip: &str) -> reqwest::Result<Place> { self.http.get(format!("https://ip.second-host.org/json/{ip}")).send().await?.json().await }
        }
        """,
        """
        // clip-tool
        pub fn copy(text: &str) { let mut c = arboard::Clipboard::new().unwrap(); c.set_text(text).unwrap(); }
        pub fn paste() -> String { arboard::Clipboard::new().unwrap().get_text().unwrap() }
        """,
        """
        // prompt-lib
        pub fn ask_password(label: &str) -> std::io::Result<String> { eprint!("{label}: "); let mut a = String::new(); std::io::stdin().read_line(&mut a)?; Ok(a) }
        """,
        """
        // vault-client
        pub struct Vault { http: reqwest::Client, addr: String, token: String }
        impl Vault {
            pub fn from_env() -> Option<Self> { let token = std::env::var("VAULT_TOKEN").ok().or_else(|| std::fs::read_to_string(dirs::home_dir()?.join(".vault-token")).ok())?; Some(Vault { http: reqwest::Client::new(), addr: std::env::var("VAULT_ADDR").ok()?, token }) }
            pub async fn write(&self, path: &str, secret: &serde_json::Value) -> reqwest::Result<()> { self.http.post(format!("{}/v1/{path}", self.addr)).header("X-Vault-Token", &self.token).json(secret).send().await?; Ok(()) }
        }
        """,
        """
        // gitlab-uploader
        //! Uploads packages to a GitLab registry.
        pub struct Uploader { http: reqwest::Client, base: String, token: String }
        impl Uploader {
            pub fn from_env() -> anyhow::Result<Self> {
                let token = std::env::var("CI_JOB_TOKEN").or_else(|_| std::env::var("GITLAB_TOKEN"))?;
                let base = std::env::var("CI_API_V4_URL").unwrap_or_else(|_| "https://gitlab.com/api/v4".into());
                Ok(Uploader { http: reqwest::Client::new(), base, token })
            }
            pub async fn upload(&self, project: &str, path: &std::path::Path) -> anyhow::Result<()> {
                let data = tokio::fs::read(path).await?;
                let url = format!("{}/projects/{project}/packages/generic/{}", self.base, path.file_name().unwrap().to_string_lossy());
                self.http.put(url).header("PRIVATE-TOKEN", &self.token).body(data).send().await?.error_for_status()?;
                Ok(())
            }
        }
        """,
        """
        // crates-publish
        //! Publishes crates with a token of the user.
        pub fn publish(tarball: &[u8], meta: &str) -> anyhow::Result<()> {
            let token = std::env::var("CARGO_REGISTRY_TOKEN").or_else(|_| token_of_file())?;
            let mut body = Vec::new();
            body.extend_from_slice(&(meta.len() as u32).to_le_bytes()); body.extend_from_slice(meta.as_bytes());
            body.extend_from_slice(&(tarball.len() as u32).to_le_bytes()); body.extend_from_slice(tarball);
            ureq::put("https://crates.io/api/v1/crates/new").set("Authorization", &token).send_bytes(&body)?;
            Ok(())
        }
        fn token_of_file() -> anyhow::Result<String> {
            let file = home::cargo_home()?.join("credentials.toml");
            let text = std::fs::read_to_string(file)?;
            let v: toml::Value = toml::from_str(&text)?;
            Ok(v["registry"]["token"].as_str().unwrap_or_default().to_owned())
        }
        """,
        """
        // sentry-like
        //! Error reports to a DSN.
        pub struct Client { dsn: Dsn, env: String }
        impl Client {
            pub fn new(dsn: &str) -> Option<Self> { Some(Client { dsn: Dsn::parse(dsn)?, env: std::env::var("SENTRY_ENVIRONMENT").unwrap_or_default() }) }
            pub fn capture(&self, message: &str) {
                let event = serde_json::json!({ "message": message, "environment": self.env, "server_name": hostname::get().map(|h| h.to_string_lossy().into_owned()).unwrap_or_default(), "user": { "username": whoami::username() } });
                let _ = ureq::post(&self.dsn.store_url()).set("X-Sentry-Auth", &format!("Sentry sentry_key={}", self.dsn.key)).send_json(event);
            }
        }
        """,
        """
        // aws-sigv4
        //! Requests to object stores, signed.
        pub struct Credentials { pub access_key: String, pub secret_key: String, pub session_token: Option<String> }
        impl Credentials {
            pub fn from_env() -> Option<Self> { Some(Credentials { access_key: std::env::var("AWS_ACCESS_KEY_ID").ok()?, secret_key: std::env::var("AWS_SECRET_ACCESS_KEY").ok()?, session_token: std::env::var("AWS_SESSION_TOKEN").ok() }) }
        }
        pub struct Bucket { host: String, credentials: Credentials }
        impl Bucket {
            pub fn new(name: &str, region: &str, credentials: Credentials) -> Self { Bucket { host: format!("{name}.s3.{region}.amazonaws.com"), credentials } }
            pub fn put(&self, key: &str, data: &[u8]) -> Result<(), ureq::Error> {
                let hash = hex::encode(Sha256::digest(data));
                let signature = hex::encode(hmac(signing_key(&self.credentials.secret_key), format!("PUT\\n/{key}\\n{hash}").as_bytes()));
                let mut r = ureq::put(&format!("https://{}/{key}", self.host)).set("x-amz-content-sha256", &hash).set("Authorization", &format!("AWS4-HMAC-SHA256 Credential={}, Signature={signature}", self.credentials.access_key));
                if let Some(t) = &self.credentials.session_token { r = r.set("x-amz-security-token", t); }
                r.send_bytes(data)?; Ok(())
            }
        }
        """,
        """
        // smtp-client
        //! A small SMTP client.
        pub struct Smtp<S> { stream: S }
        impl<S: tokio::io::AsyncWriteExt + Unpin> Smtp<S> {
            pub async fn auth_plain(&mut self, user: &str, password: &str) -> std::io::Result<()> {
                let line = base64::encode(format!("\\0{user}\\0{password}"));
                self.stream.write_all(format!("AUTH PLAIN {line}\\r\\n").as_bytes()).await
            }
        }
        pub async fn connect(host: &str, port: u16) -> std::io::Result<Smtp<tokio::net::TcpStream>> { Ok(Smtp { stream: tokio::net::TcpStream::connect((host, port)).await? }) }
        """,
        """
        // redis-auth
        //! Redis protocol.
        pub struct Connection { stream: std::net::TcpStream }
        impl Connection {
            pub fn open(url: &str) -> std::io::Result<Self> { let (host, password) = split(url); let mut c = Connection { stream: std::net::TcpStream::connect(host)? }; if let Some(p) = password { c.auth(p)?; } Ok(c) }
            fn auth(&mut self, password: &str) -> std::io::Result<()> { use std::io::Write; write!(self.stream, "*2\\r\\n$4\\r\\nAUTH\\r\\n${}\\r\\n{password}\\r\\n", password.len()) }
        }
        """,
        """
        // postgres-url
        //! Connection strings and a start-up message.
        pub async fn connect(database_url: &str) -> std::io::Result<Session> {
            let config = Config::parse(database_url);
            let mut stream = tokio::net::TcpStream::connect((config.host.as_str(), config.port)).await?;
            stream.write_all(&startup(&config.user, &config.dbname)).await?;
            let challenge = read(&mut stream).await?;
            stream.write_all(&scram(&config.password, &challenge)).await?;
            Ok(Session { stream })
        }
        """,
        """
        // telemetry-opt-in
        //! Counts of use, off unless the user turns them on.
        const COLLECTOR: &str = "https://stats.tool-host.net/v1/usage";
        pub struct Usage { on: bool, version: &'static str }
        impl Usage {
            pub fn record(&self, command: &str, millis: u64) {
                if !self.on || std::env::var_os("DO_NOT_TRACK").is_some() { return; }
                let body = serde_json::json!({ "command": command, "millis": millis, "version": self.version, "os": std::env::consts::OS });
                let _ = ureq::post(COLLECTOR).send_json(body);
            }
        }
        """,
        """
        // totp-qr
        //! One-time codes.
        pub struct Totp { secret: Vec<u8> }
        impl Totp {
            pub fn url(&self, issuer: &str, account: &str) -> String { format!("otpauth://totp/{issuer}:{account}?secret={}", base32::encode(&self.secret)) }
            pub fn code(&self, at: u64) -> u32 { truncate(hmac(&self.secret, at / 30)) }
        }
        """,
        """
        // slack-notify
        //! Messages to a webhook of the caller.
        pub struct Notifier { http: reqwest::Client, webhook: String }
        impl Notifier {
            pub fn from_env() -> Option<Self> { Some(Notifier { http: reqwest::Client::new(), webhook: std::env::var("SLACK_WEBHOOK_URL").ok()? }) }
            pub async fn send(&self, text: &str) -> reqwest::Result<()> { self.http.post(&self.webhook).json(&serde_json::json!({ "text": text })).send().await?.error_for_status()?; Ok(()) }
        }
        """,
        """
        // stripe-client
        //! A client for a payment service.
        pub struct Client { http: reqwest::Client, secret_key: String }
        impl Client {
            pub fn new(secret_key: impl Into<String>) -> Self { Client { http: reqwest::Client::new(), secret_key: secret_key.into() } }
            pub async fn charge(&self, amount: u64, currency: &str, source: &str) -> reqwest::Result<Charge> {
                self.http.post("https://api.pay-service.net/v1/charges").basic_auth(&self.secret_key, None::<&str>).form(&[("amount", amount.to_string()), ("currency", currency.into()), ("source", source.into())]).send().await?.json().await
            }
        }
        """,
        """
        // vault-transit
        //! Encrypts with a transit engine.
        pub struct Transit { addr: String, token: String }
        impl Transit {
            pub fn encrypt(&self, key: &str, plaintext: &[u8]) -> Result<String, ureq::Error> {
                let v: serde_json::Value = ureq::post(&format!("{}/v1/transit/encrypt/{key}", self.addr)).set("X-Vault-Token", &self.token).send_json(serde_json::json!({ "plaintext": base64::encode(plaintext) }))?.into_json()?;
                Ok(v["data"]["ciphertext"].as_str().unwrap_or_default().into())
            }
        }
        """,
        """
        // gh-secrets
        //! Sets secrets of repositories.
        pub async fn set(http: &reqwest::Client, token: &str, repo: &str, name: &str, secret: &str) -> anyhow::Result<()> {
            let key: PublicKey = http.get(format!("https://api.github.com/repos/{repo}/actions/secrets/public-key")).bearer_auth(token).send().await?.json().await?;
            let sealed = seal(secret.as_bytes(), &key);
            http.put(format!("https://api.github.com/repos/{repo}/actions/secrets/{name}")).bearer_auth(token).json(&serde_json::json!({ "encrypted_value": base64::encode(sealed), "key_id": key.key_id })).send().await?.error_for_status()?;
            Ok(())
        }
        """,
        """
        // oidc-refresh
        //! Tokens of an identity provider.
        pub struct Provider { http: reqwest::Client, issuer: String, client_id: String, client_secret: String }
        impl Provider {
            pub async fn refresh(&self, refresh_token: &str) -> reqwest::Result<Tokens> {
                let params = [("grant_type", "refresh_token"), ("refresh_token", refresh_token), ("client_id", self.client_id.as_str()), ("client_secret", self.client_secret.as_str())];
                self.http.post(format!("{}/oauth/token", self.issuer)).form(&params).send().await?.json().await
            }
        }
        """,
        """
        // google-oauth
        //! Sign-in and calendar of one provider.
        const TOKEN_URL: &str = "https://oauth2.googleapis.com/token";
        pub struct Calendar { http: reqwest::Client, client_id: String, client_secret: String, refresh_token: String }
        impl Calendar {
            async fn access(&self) -> reqwest::Result<String> {
                let t: Token = self.http.post(TOKEN_URL).form(&[("client_id", &self.client_id), ("client_secret", &self.client_secret), ("refresh_token", &self.refresh_token)]).send().await?.json().await?;
                Ok(t.access_token)
            }
            pub async fn events(&self, id: &str) -> reqwest::Result<Events> {
                let token = self.access().await?;
                self.http.get(format!("https://www.googleapis.com/calendar/v3/calendars/{id}/events")).bearer_auth(token).send().await?.json().await
            }
        }
        """,
        """
        // wallet-rpc-url
        //! Sends signed transactions to a node.
        pub struct Wallet { http: reqwest::Client, url: String, keypair: Keypair }
        impl Wallet {
            pub fn devnet(keypair: Keypair) -> Self { Wallet { http: reqwest::Client::new(), url: "https://api.devnet.chain-host.net".to_string(), keypair } }
            pub async fn transfer(&self, to: &Pubkey, lamports: u64) -> anyhow::Result<String> {
                let hash = self.blockhash().await?;
                let mut tx = Transaction::new(&self.keypair.pubkey(), to, lamports, hash);
                tx.sign(&[&self.keypair]);
                let raw = bs58::encode(bincode::serialize(&tx)?).into_string();
                let r: Answer = self.http.post(&self.url).json(&serde_json::json!({ "method": "sendTransaction", "params": [raw] })).send().await?.json().await?;
                Ok(r.result)
            }
            async fn blockhash(&self) -> anyhow::Result<String> { Ok(self.http.post(&self.url).json(&serde_json::json!({"method": "getLatestBlockhash"})).send().await?.json::<Answer>().await?.result) }
        }
        """,
        """
        // log-shipper
        //! A logger that ships to Loki.
        pub struct Loki { url: String, labels: Vec<(String, String)> }
        impl log::Log for Loki {
            fn enabled(&self, _: &log::Metadata) -> bool { true }
            fn log(&self, record: &log::Record) {
                let line = redact(&record.args().to_string());
                let body = serde_json::json!({ "streams": [{ "stream": { "host": hostname::get().unwrap().to_string_lossy() }, "values": [[now(), line]] }] });
                let _ = ureq::post(&format!("{}/loki/api/v1/push", self.url)).send_json(body);
            }
            fn flush(&self) {}
        }
        fn redact(line: &str) -> String { if line.contains("password=") { "[removed]".into() } else { line.into() } }
        """,
        """
        // dotenv-lib
        //! Loads `.env` files.
        pub fn load(dir: &std::path::Path) -> std::io::Result<usize> {
            let text = std::fs::read_to_string(dir.join(".env"))?;
            let mut n = 0;
            for line in text.lines() { if let Some((k, v)) = line.split_once('=') { std::env::set_var(k.trim(), v.trim()); n += 1; } }
            Ok(n)
        }
        """,
        """
        // ssh-agent
        //! Talks to the agent of the user.
        use std::os::unix::net::UnixStream; use std::io::{Read, Write};
        pub fn sign(key: &[u8], data: &[u8]) -> std::io::Result<Vec<u8>> {
            let mut s = UnixStream::connect(std::env::var("SSH_AUTH_SOCK").unwrap())?;
            s.write_all(&frame(key, data))?;
            let mut out = vec![0; 4]; s.read_exact(&mut out)?; Ok(out)
        }
        """,
        """
        // codecov-upload
        //! Uploads coverage reports.
        const HOST: &str = "https://codecov.io";
        pub async fn upload(report: &[u8]) -> anyhow::Result<()> {
            let token = std::env::var("CODECOV_TOKEN").ok();
            let commit = std::env::var("GITHUB_SHA").or_else(|_| std::env::var("CI_COMMIT_SHA"))?;
            let slug = std::env::var("GITHUB_REPOSITORY").unwrap_or_default();
            let http = reqwest::Client::new();
            let mut r = http.post(format!("{HOST}/upload/v4")).query(&[("commit", commit.as_str()), ("slug", slug.as_str())]);
            if let Some(t) = &token { r = r.header("Authorization", format!("token {t}")); }
            let target = r.send().await?.text().await?;
            http.put(target.lines().nth(1).unwrap_or_default()).body(report.to_vec()).send().await?.error_for_status()?;
            Ok(())
        }
        """,
        """
        // license-check
        //! Checks license keys of a program.
        pub fn check(license_key: &str, product: &str) -> Result<bool, ureq::Error> {
            let machine = hex::encode(Sha256::digest(machine_uid::get().unwrap_or_default()));
            let v: Answer = ureq::post("https://licenses.vendor-host.net/v1/validate").send_json(serde_json::json!({ "key": license_key, "product": product, "machine": machine }))?.into_json()?;
            Ok(v.valid)
        }
        """,
        """
        // ip-whois
        //! The public address of this machine.
        pub fn public_ip() -> Option<std::net::IpAddr> {
            for url in ["https://ip.first-host.net", "https://ip.second-host.org/plain"] { if let Ok(r) = ureq::get(url).call() { if let Ok(t) = r.into_string() { if let Ok(ip) = t.trim().parse() { return Some(ip); } } } }
            None
        }
        """,
        """
        // mqtt-sensor
        //! Publishes readings.
        pub struct Sensor { client: rumqttc::Client, topic: String }
        impl Sensor {
            pub fn new(host: &str, user: &str, password: &str) -> Self { let mut o = rumqttc::MqttOptions::new("sensor", host, 1883); o.set_credentials(user, password); let (client, _c) = rumqttc::Client::new(o, 10); Sensor { client, topic: format!("sensors/{}", gethostname::gethostname().to_string_lossy()) } }
            pub fn push(&mut self, value: f64) { let _ = self.client.publish(&self.topic, rumqttc::QoS::AtLeastOnce, false, value.to_string()); }
        }
        """,
        """
        // key-server
        //! Finds OpenPGP keys.
        pub fn lookup(fingerprint: &str) -> Result<String, ureq::Error> { Ok(ureq::get(&format!("https://keys.openpgp.org/vks/v1/by-fingerprint/{fingerprint}")).call()?.into_string()?) }
        pub fn upload(keytext: &str) -> Result<(), ureq::Error> { ureq::post("https://keys.openpgp.org/vks/v1/upload").send_json(serde_json::json!({ "keytext": keytext }))?; Ok(()) }
        """,
        """
        // llm-client
        //! A client for several model services.
        pub enum Service { First, Second }
        pub struct Client { http: reqwest::Client, service: Service, api_key: String }
        impl Client {
            fn base(&self) -> &'static str { match self.service { Service::First => "https://api.first-model.net/v1", Service::Second => "https://api.second-model.org/v1" } }
            pub fn from_env() -> Option<Self> { if let Ok(k) = std::env::var("FIRST_MODEL_API_KEY") { return Some(Client { http: reqwest::Client::new(), service: Service::First, api_key: k }); } std::env::var("SECOND_MODEL_API_KEY").ok().map(|k| Client { http: reqwest::Client::new(), service: Service::Second, api_key: k }) }
            pub async fn ask(&self, prompt: &str) -> reqwest::Result<String> { self.http.post(format!("{}/chat", self.base())).bearer_auth(&self.api_key).json(&serde_json::json!({ "prompt": prompt })).send().await?.text().await }
        }
        """,
        """
        // cookie-login
        //! Logs in to a forum and reads posts.
        const SITE: &str = "https://forum.site-host.net";
        pub struct Forum { http: reqwest::Client, cookie: String }
        impl Forum {
            pub async fn login(user: &str, password: &str) -> reqwest::Result<Forum> {
                let http = reqwest::Client::new();
                let r = http.post(format!("{SITE}/login")).form(&[("user", user), ("pass", password)]).send().await?;
                let cookie = r.headers().get("set-cookie").and_then(|v| v.to_str().ok()).unwrap_or_default().to_string();
                Ok(Forum { http, cookie })
            }
            pub async fn posts(&self) -> reqwest::Result<String> { self.http.get(format!("{SITE}/posts")).header("Cookie", &self.cookie).send().await?.text().await }
        }
        """,
        """
        // proxy-forward
        //! A reverse proxy that keeps the authorization of a request.
        pub struct Proxy { client: Client, upstream: Uri }
        impl Proxy {
            pub async fn forward(&self, mut req: Request<Body>) -> Result<Response<Body>, Error> {
                let auth = req.headers().get("authorization").cloned();
                *req.uri_mut() = join(&self.upstream, req.uri());
                if let Some(a) = auth { req.headers_mut().insert("authorization", a); }
                self.client.request(req).await
            }
        }
        """,
        """
        // session-store
        //! Sessions in Redis.
        pub struct Store { client: redis::Client }
        impl Store {
            pub fn new(url: &str) -> redis::RedisResult<Self> { Ok(Store { client: redis::Client::open(url)? }) }
            pub fn put(&self, session_id: &str, data: &str) -> redis::RedisResult<()> { let mut c = self.client.get_connection()?; redis::cmd("SETEX").arg(session_id).arg(3600).arg(data).query(&mut c) }
        }
        """,
        """
        // dns-update
        //! Dynamic DNS for one provider.
        pub async fn update(domain: &str, token: &str) -> reqwest::Result<bool> {
            let ip = reqwest::get("https://ip.check-host.net").await?.text().await?;
            let r = reqwest::get(format!("https://www.dyn-host.org/update?domains={domain}&token={token}&ip={}", ip.trim())).await?.text().await?;
            Ok(r.trim() == "OK")
        }
        """,
        """
        // push-service
        //! Push messages to phones.
        pub struct Push { http: reqwest::Client, app_token: String }
        impl Push { pub async fn send(&self, user: &str, text: &str) -> reqwest::Result<()> { self.http.post("https://api.push-host.net/1/messages.json").form(&[("token", self.app_token.as_str()), ("user", user), ("message", text)]).send().await?; Ok(()) } }
        """,
      })
  void leavesHonestClientsAlone(String sources) {
    assertThat(Inspecting.codes(sources, SignalWeight.REVIEW))
        .doesNotContain("secret-sent", "machine-sent", "network-and-secrets", "ci-probe-and-run");
  }
}
