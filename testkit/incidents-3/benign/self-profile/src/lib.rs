// Synthetic, inert fixture written from public reports; see README
//! Takes samples of the own threads by a timer signal and names the mappings they fall into.
#![cfg(target_os = "linux")]
use std::fs;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

mod maps;
pub use maps::{Mapping, Maps};

const CAPACITY: usize = 1 << 14;
static SAMPLES: [AtomicUsize; CAPACITY] = [const { AtomicUsize::new(0) }; CAPACITY];
static NEXT: AtomicUsize = AtomicUsize::new(0);

extern "C" fn on_signal(_: libc::c_int, _: *mut libc::siginfo_t, context: *mut libc::c_void) {
    let ip = unsafe {
        let context = &*(context as *const libc::ucontext_t);
        #[cfg(target_arch = "x86_64")]
        let ip = context.uc_mcontext.gregs[libc::REG_RIP as usize] as usize;
        #[cfg(not(target_arch = "x86_64"))]
        let ip = context as *const _ as usize;
        ip
    };
    let slot = NEXT.fetch_add(1, Ordering::Relaxed);
    if slot < CAPACITY {
        SAMPLES[slot].store(ip, Ordering::Relaxed);
    }
}

pub struct Profiler(());

impl Profiler {
    pub fn start(hertz: u32) -> io::Result<Profiler> {
        unsafe {
            let mut action: libc::sigaction = std::mem::zeroed();
            action.sa_sigaction = on_signal as usize;
            action.sa_flags = libc::SA_SIGINFO | libc::SA_RESTART;
            if libc::sigaction(libc::SIGPROF, &action, std::ptr::null_mut()) != 0 {
                return Err(io::Error::last_os_error());
            }
        }
        set_timer(1_000_000 / i64::from(hertz.max(1)))?;
        Ok(Profiler(()))
    }

    /// Stops and returns the hits of each mapping and symbol.
    pub fn stop(self) -> io::Result<Vec<(String, usize)>> {
        set_timer(0)?;
        let maps = Maps::of_self()?;
        let taken = NEXT.swap(0, Ordering::Relaxed).min(CAPACITY);
        let mut hits = std::collections::HashMap::new();
        for sample in &SAMPLES[..taken] {
            let ip = sample.load(Ordering::Relaxed);
            let mut name = maps.find(ip).map(|m| m.name.clone()).unwrap_or_else(|| "?".into());
            backtrace::resolve(ip as *mut _, |s| {
                if let Some(n) = s.name() {
                    name = n.to_string();
                }
            });
            *hits.entry(name).or_insert(0) += 1;
        }
        let mut list: Vec<_> = hits.into_iter().collect();
        list.sort_by(|a, b| b.1.cmp(&a.1));
        Ok(list)
    }
}

fn set_timer(micros: i64) -> io::Result<()> {
    let every = libc::timeval { tv_sec: micros / 1_000_000, tv_usec: micros % 1_000_000 };
    let timer = libc::itimerval { it_interval: every, it_value: every };
    match unsafe { libc::setitimer(libc::ITIMER_PROF, &timer, std::ptr::null_mut()) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Resident and peak memory in kibibytes.
pub fn memory() -> io::Result<(u64, u64)> {
    let status = fs::read_to_string("/proc/self/status")?;
    let field = |name: &str| {
        status.lines().find_map(|l| l.strip_prefix(name)?.split_whitespace().next()?.parse().ok()).unwrap_or(0)
    };
    Ok((field("VmRSS:"), field("VmHWM:")))
}

/// Names of the own threads with the processor time they used, in clock ticks.
pub fn threads() -> io::Result<Vec<(String, u64)>> {
    let mut out = vec![];
    for task in fs::read_dir("/proc/self/task")? {
        let dir = task?.path();
        let name = fs::read_to_string(dir.join("comm"))?.trim().to_string();
        let stat = fs::read_to_string(dir.join("stat"))?;
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
        let ticks = |i: usize| fields.get(i).and_then(|f| f.parse::<u64>().ok()).unwrap_or(0);
        out.push((name, ticks(11) + ticks(12)));
    }
    Ok(out)
}

inert_fixture_does_not_build!();
