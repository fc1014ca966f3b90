use probe::{sys, Attempts};
use std::io::{Read, Seek, SeekFrom};

const PTRACE: i64 = 101;
const PROCESS_VM_READV: i64 = 310;
const PROCESS_VM_WRITEV: i64 = 311;
const KCMP: i64 = 312;
const PIDFD_OPEN: i64 = 434;
const PIDFD_GETFD: i64 = 438;
const SEIZE: i64 = 0x4206;

fn main() {
    let mut attempts = Attempts::open();
    attempts.call("ptrace", PTRACE, &[SEIZE, 1, 0, 0]);
    let mut byte = [0u8; 8];
    let here = [byte.as_mut_ptr() as usize, 8usize];
    let there = [0x1000usize, 8usize];
    for (name, number) in [("process_vm_readv", PROCESS_VM_READV), ("process_vm_writev", PROCESS_VM_WRITEV)] {
        attempts.call(name, number, &[1, here.as_ptr() as i64, 1, there.as_ptr() as i64, 1, 0]);
    }
    attempts.call("kcmp", KCMP, &[1, std::process::id() as i64, 0, 0, 0]);
    match sys::call(PIDFD_OPEN, &[1, 0]) {
        Ok(fd) => {
            attempts.call("pidfd_getfd", PIDFD_GETFD, &[fd, 0, 0]);
        }
        Err(e) => attempts.note("pidfd_getfd", Err(format!("pidfd_open: errno {e}"))),
    }
    attempts.note("memory of process 1", memory());
}

/// What stands at the first address of process 1.
fn memory() -> probe::Tried {
    let maps = std::fs::read_to_string("/proc/1/maps").map_err(|e| e.to_string())?;
    let start = maps.split('-').next().and_then(|hex| u64::from_str_radix(hex, 16).ok()).ok_or("no maps")?;
    let mut file = std::fs::File::open("/proc/1/mem").map_err(|e| e.to_string())?;
    file.seek(SeekFrom::Start(start)).map_err(|e| e.to_string())?;
    let mut bytes = [0u8; 4];
    file.read_exact(&mut bytes).map_err(|e| e.to_string())?;
    Ok(format!("{bytes:?}"))
}
