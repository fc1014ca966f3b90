// Synthetic, inert fixture written from public reports; see README
use std::fmt::Write as _;
use std::{env, fs, path::PathBuf};

struct Op {
    name: String,
    operands: u8,
}

fn read(text: &str) -> Vec<Op> {
    text.lines()
        .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
        .map(|l| {
            let (name, operands) = l.split_once(' ').expect("name and count");
            Op { name: name.to_string(), operands: operands.trim().parse().expect("count") }
        })
        .collect()
}

fn camel(name: &str) -> String {
    name.split('_')
        .map(|w| w[..1].to_uppercase() + &w[1..])
        .collect()
}

fn main() {
    println!("cargo:rerun-if-changed=ops.def");
    let ops = read(&fs::read_to_string("ops.def").expect("ops.def"));
    let mut code = String::from("#[derive(Debug, Clone, Copy, PartialEq, Eq)]\n#[repr(u8)]\npub enum Op {\n");
    for (number, op) in ops.iter().enumerate() {
        writeln!(code, "    {} = {},", camel(&op.name), number).unwrap();
    }
    code.push_str("}\npub static OPS: &[(Op, &str, u8)] = &[\n");
    for op in &ops {
        writeln!(code, "    (Op::{}, {:?}, {}),", camel(&op.name), op.name, op.operands).unwrap();
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap());
    fs::write(out.join("ops.rs"), code).expect("ops.rs");
}

inert_fixture_does_not_build!();
