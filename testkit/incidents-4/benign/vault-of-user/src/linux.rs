// Synthetic, inert fixture written from public reports
use crate::Fault;
use secret_service::blocking::{Collection, SecretService};
use secret_service::{EncryptionType, Error};
use std::collections::HashMap;

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::Locked | Error::Prompt => Fault::Locked,
            Error::NoResult => Fault::NotFound,
            other => Fault::System(other.to_string()),
        }
    }
}

fn attributes<'a>(service: &'a str, account: &'a str) -> HashMap<&'a str, &'a str> {
    HashMap::from([("service", service), ("username", account)])
}

fn with<T>(run: impl FnOnce(&Collection<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
    let link = SecretService::connect(EncryptionType::Dh)?;
    let collection = link.get_default_collection()?;
    if collection.is_locked()? {
        collection.unlock()?;
    }
    run(&collection)
}

pub fn get(service: &str, account: &str) -> Result<String, Fault> {
    with(|c| {
        let found = c.search_items(attributes(service, account))?;
        let secret = found.first().ok_or(Fault::NotFound)?.get_secret()?;
        String::from_utf8(secret).map_err(|e| Fault::System(e.to_string()))
    })
}

pub fn set(service: &str, account: &str, password: &str) -> Result<(), Fault> {
    with(|c| {
        let label = format!("{account} at {service}");
        c.create_item(&label, attributes(service, account), password.as_bytes(), true, "text/plain")?;
        Ok(())
    })
}

pub fn remove(service: &str, account: &str) -> Result<(), Fault> {
    with(|c| {
        let found = c.search_items(attributes(service, account))?;
        found.first().ok_or(Fault::NotFound)?.delete().map_err(Fault::from)
    })
}
