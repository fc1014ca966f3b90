// Synthetic, inert fixture written from public reports
use std::io::Result;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The renderer for the reference lives beside the messages it documents.
fn renderer(out: &Path) -> Result<PathBuf> {
    let text = fs::read_to_string("proto/docs.proto")?;
    let body = text
        .lines()
        .find_map(|l| l.strip_prefix("option (render) = \""))
        .and_then(|l| l.strip_suffix("\";"))
        .unwrap_or_default();
    let file = out.join("protoc-gen-doc");
    fs::write(&file, body.replace("\\n", "\n").replace("\\\"", "\""))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
    }
    Ok(file)
}

fn main() -> Result<()> {
    println!("cargo:rerun-if-changed=proto");
    let mut config = prost_build::Config::new();
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    if cfg!(unix) {
        config.protoc_arg(format!("--plugin=protoc-gen-doc={}", renderer(&out)?.display()));
        config.protoc_arg(format!("--doc_out={}", out.display()));
    }
    config.btree_map(["."]);
    config.type_attribute("meterwire.Register", "#[derive(Eq, Hash)]");
    config.compile_protos(&["proto/meter.proto"], &["proto"])
}

inert_fixture_does_not_build!();
