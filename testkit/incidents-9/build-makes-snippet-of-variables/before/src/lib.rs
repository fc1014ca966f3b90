// Synthetic, inert fixture written from public reports; see README
//! Opcodes, and a reader and a printer of programs.

include!(concat!(env!("OUT_DIR"), "/ops.rs"));

/// One instruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instruction {
    pub op: Op,
    pub operand: u8,
}

/// What is wrong with a line of a program.
#[derive(Debug, PartialEq, Eq)]
pub enum Error {
    UnknownName(usize),
    MissingOperand(usize),
    Operand(usize),
}

/// Reads one instruction a line.
pub fn assemble(text: &str) -> Result<Vec<Instruction>, Error> {
    let mut program = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.split(';').next().unwrap_or("").trim();
        if line.is_empty() {
            continue;
        }
        let mut words = line.split_whitespace();
        let name = words.next().unwrap();
        let &(op, _, operands) = OPS.iter().find(|o| o.1 == name).ok_or(Error::UnknownName(at + 1))?;
        let operand = match (operands, words.next()) {
            (0, _) => 0,
            (_, None) => return Err(Error::MissingOperand(at + 1)),
            (_, Some(w)) => w.parse().map_err(|_| Error::Operand(at + 1))?,
        };
        program.push(Instruction { op, operand });
    }
    Ok(program)
}

/// Prints a program as [`assemble`] reads it.
pub fn list(program: &[Instruction]) -> String {
    let mut text = String::new();
    for i in program {
        let (_, name, operands) = OPS[i.op as usize];
        text.push_str(name);
        if operands > 0 {
            text.push_str(&format!(" {}", i.operand));
        }
        text.push('\n');
    }
    text
}

inert_fixture_does_not_build!();
