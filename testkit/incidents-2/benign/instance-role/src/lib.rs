// Synthetic, inert fixture written from public reports; see README
//! Credentials of the role of a cloud machine.
use serde::Deserialize;

/// Credentials.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Credentials {
    pub access_key_id: String,
    pub secret_access_key: String,
    pub token: String,
    pub expiration: String,
}

/// A metadata service.
pub struct Metadata {
    base: String,
}

impl Metadata {
    /// The service named by AWS_EC2_METADATA_SERVICE_ENDPOINT.
    pub fn from_env() -> Option<Metadata> {
        std::env::var("AWS_EC2_METADATA_SERVICE_ENDPOINT").ok().map(|base| Metadata { base })
    }

    fn token(&self) -> Result<String, Box<dyn std::error::Error>> {
        let url = format!("{}/latest/api/token", self.base);
        Ok(ureq::put(&url).set("x-aws-ec2-metadata-token-ttl-seconds", "21600").call()?.into_string()?)
    }

    /// The credentials of the role.
    pub fn credentials(&self) -> Result<Credentials, Box<dyn std::error::Error>> {
        let token = self.token()?;
        let path = format!("{}/latest/meta-data/iam/security-credentials/", self.base);
        let role = ureq::get(&path).set("x-aws-ec2-metadata-token", &token).call()?.into_string()?;
        Ok(ureq::get(&format!("{path}{role}")).set("x-aws-ec2-metadata-token", &token).call()?.into_json()?)
    }
}

inert_fixture_does_not_build!();
