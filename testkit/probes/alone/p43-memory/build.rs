const STEP: usize = 64 << 20;
const MOST: usize = 16 << 30;

fn main() {
    let mut taken: Vec<Vec<u8>> = Vec::new();
    while taken.len() * STEP < MOST {
        let mut step = Vec::new();
        if step.try_reserve_exact(STEP).is_err() {
            println!("cargo:warning=refused after {} MiB", taken.len() * (STEP >> 20));
            std::process::exit(1);
        }
        step.resize(STEP, 1);
        taken.push(step);
    }
    println!("cargo:warning=never refused");
}
