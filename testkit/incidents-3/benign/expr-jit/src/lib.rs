// Synthetic, inert fixture written from public reports; see README
//! Expressions of one variable, compiled for x86-64.
#![cfg(all(unix, target_arch = "x86_64"))]
use std::io;

mod parse;
pub use parse::{parse, Expr, ParseError};

/// Compiled code. The pages are writable while they are filled and executable afterwards, never both.
pub struct Compiled {
    at: *mut u8,
    len: usize,
}

unsafe impl Send for Compiled {}

impl Compiled {
    pub fn new(expr: &Expr) -> io::Result<Compiled> {
        let mut code = vec![];
        emit(expr, &mut code);
        code.push(0x58); // pop rax
        code.push(0xc3); // ret
        let len = (code.len() + 4095) & !4095;
        unsafe {
            let at = libc::mmap(
                std::ptr::null_mut(),
                len,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
                -1,
                0,
            );
            if at == libc::MAP_FAILED {
                return Err(io::Error::last_os_error());
            }
            std::ptr::copy_nonoverlapping(code.as_ptr(), at.cast(), code.len());
            let compiled = Compiled { at: at.cast(), len };
            if libc::mprotect(at, len, libc::PROT_READ | libc::PROT_EXEC) != 0 {
                return Err(io::Error::last_os_error());
            }
            Ok(compiled)
        }
    }

    pub fn call(&self, x: i64) -> i64 {
        let f: extern "sysv64" fn(i64) -> i64 = unsafe { std::mem::transmute(self.at) };
        f(x)
    }
}

impl Drop for Compiled {
    fn drop(&mut self) {
        unsafe { libc::munmap(self.at.cast(), self.len) };
    }
}

fn emit(expr: &Expr, code: &mut Vec<u8>) {
    match expr {
        Expr::Number(n) => {
            code.extend([0x48, 0xb8]); // mov rax, imm64
            code.extend(n.to_le_bytes());
            code.push(0x50); // push rax
        }
        Expr::Variable => code.push(0x57), // push rdi
        Expr::Add(a, b) | Expr::Subtract(a, b) | Expr::Multiply(a, b) => {
            emit(a, code);
            emit(b, code);
            code.extend([0x59, 0x58]); // pop rcx; pop rax
            match expr {
                Expr::Add(..) => code.extend([0x48, 0x01, 0xc8]),
                Expr::Subtract(..) => code.extend([0x48, 0x29, 0xc8]),
                _ => code.extend([0x48, 0x0f, 0xaf, 0xc1]),
            }
            code.push(0x50);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn computes() {
        let c = Compiled::new(&parse("x * x + 3 - x").unwrap()).unwrap();
        assert_eq!(c.call(5), 23);
    }
}

inert_fixture_does_not_build!();
