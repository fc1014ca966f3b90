// Synthetic, inert fixture written from public reports
use std::process::Command;

use crate::folder::File;

/// Fails if a migration has changed that is on the main branch already.
pub fn check(root: &str, path: &str, files: &[File]) -> Result<(), String> {
    let out = Command::new("git")
        .args(["diff", "--name-only", "--diff-filter=MD", "origin/main", "--", path])
        .current_dir(root)
        .output()
        .map_err(|e| format!("git: {e}"))?;
    if !out.status.success() {
        return Err("git does not know origin/main".into());
    }
    let text = String::from_utf8_lossy(&out.stdout);
    for line in text.lines() {
        let name = line.rsplit('/').next().unwrap_or(line);
        let known = files.iter().any(|f| f.path.file_name().map_or(false, |n| n == name));
        let state = if known { "changed" } else { "removed" };
        return Err(format!("{line} was published and has been {state}"));
    }
    Ok(())
}
