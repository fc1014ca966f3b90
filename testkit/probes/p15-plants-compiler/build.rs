use probe::Attempts;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

fn main() {
    let mut attempts = Attempts::open();
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let profile = out.ancestors().nth(3).expect("the folder of the profile").to_path_buf();
    let marker = probe::target("ran");
    // Within the sandbox these are its own folders: being able to write them is no escape. A host build that runs them is.
    for folder in [profile.join("deps"), profile.clone()] {
        for name in ["rustc", "cc", "ld"] {
            let file = folder.join(name);
            let script = format!("#!/bin/sh\necho planted {name} >> {marker}\nexit 1\n");
            let _ = std::fs::create_dir_all(&folder);
            let planted = std::fs::write(&file, script)
                .and_then(|()| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)));
            attempts.tell(&format!("plant {}", file.display()), planted);
        }
    }
}
