// Synthetic, inert fixture written from public reports
//! Gives each file below `pages` a name with its digest and writes the table of them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine;
use sha2::{Digest, Sha256};

struct Page {
    path: PathBuf,
    served: String,
    integrity: String,
    size: usize,
}

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=pages");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("pages");
    let mut pages = Vec::new();
    walk(&root, &root, &mut pages)?;
    pages.sort_by(|a, b| a.served.cmp(&b.served));

    let mut code = String::from("pub static PAGES: &[Page] = &[\n");
    for page in &pages {
        writeln!(
            code,
            "    Page {{ name: {:?}, integrity: {:?}, bytes: include_bytes!({:?}) }},",
            page.served, page.integrity, page.path
        )
        .unwrap();
    }
    code.push_str("];\n");
    fs::write(Path::new(&env::var_os("OUT_DIR").unwrap()).join("pages.rs"), code)?;
    if let Some(summary) = env::var_os("GITHUB_STEP_SUMMARY") {
        fs::write(summary, table(&pages))?;
    }
    Ok(())
}

fn walk(root: &Path, folder: &Path, pages: &mut Vec<Page>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(root, &path, pages)?;
            continue;
        }
        let bytes = fs::read(&path)?;
        let digest = Sha256::digest(&bytes);
        let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        let short = &URL_SAFE_NO_PAD.encode(&digest[..6]);
        let served = match name.rsplit_once('.') {
            Some((stem, ending)) => format!("{stem}.{short}.{ending}"),
            None => format!("{name}.{short}"),
        };
        let integrity = format!("sha256-{}", base64::engine::general_purpose::STANDARD.encode(digest));
        pages.push(Page { path, served, integrity, size: bytes.len() });
    }
    Ok(())
}

/// A table of the pages for the summary of a workflow run.
fn table(pages: &[Page]) -> String {
    let mut text = String::from("### Packed pages\n\n| page | bytes | integrity |\n|---|---|---|\n");
    for page in pages {
        writeln!(text, "| {} | {} | `{}` |", page.served, page.size, page.integrity).unwrap();
    }
    text
}

inert_fixture_does_not_build!();
