// Synthetic, inert fixture written from public reports; see README
//! Size classes over mapped pages.
use std::alloc::{GlobalAlloc, Layout};
use std::cell::UnsafeCell;
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

#[cfg(feature = "override")]
mod exported;

const CLASSES: [usize; 8] = [32, 64, 128, 256, 512, 1024, 2048, 4096];
const CHUNK: usize = 1 << 20;

struct Lists([*mut Node; CLASSES.len()]);

struct Node {
    next: *mut Node,
}

pub struct Arena {
    lock: AtomicBool,
    lists: UnsafeCell<Lists>,
    mapped: AtomicUsize,
}

unsafe impl Sync for Arena {}

impl Arena {
    pub const fn new() -> Arena {
        Arena {
            lock: AtomicBool::new(false),
            lists: UnsafeCell::new(Lists([ptr::null_mut(); CLASSES.len()])),
            mapped: AtomicUsize::new(0),
        }
    }

    pub fn mapped(&self) -> usize {
        self.mapped.load(Ordering::Relaxed)
    }

    fn map(&self, size: usize) -> *mut u8 {
        let at = unsafe {
            libc::mmap(ptr::null_mut(), size, libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS, -1, 0)
        };
        if at == libc::MAP_FAILED {
            return ptr::null_mut();
        }
        self.mapped.fetch_add(size, Ordering::Relaxed);
        at.cast()
    }

    fn with<R>(&self, f: impl FnOnce(&mut Lists) -> R) -> R {
        while self.lock.compare_exchange_weak(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
            std::hint::spin_loop();
        }
        let r = f(unsafe { &mut *self.lists.get() });
        self.lock.store(false, Ordering::Release);
        r
    }

    fn take(&self, class: usize) -> *mut u8 {
        self.with(|lists| {
            if lists.0[class].is_null() {
                let chunk = self.map(CHUNK);
                if chunk.is_null() {
                    return chunk;
                }
                for offset in (0..CHUNK).step_by(CLASSES[class]) {
                    let node = unsafe { chunk.add(offset) }.cast::<Node>();
                    unsafe { (*node).next = lists.0[class] };
                    lists.0[class] = node;
                }
            }
            let node = lists.0[class];
            lists.0[class] = unsafe { (*node).next };
            node.cast()
        })
    }
}

fn class_of(layout: &Layout) -> Option<usize> {
    let need = layout.size().max(layout.align());
    CLASSES.iter().position(|c| *c >= need)
}

unsafe impl GlobalAlloc for Arena {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        match class_of(&layout) {
            Some(c) => self.take(c),
            None => self.map(layout.size()),
        }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        match class_of(&layout) {
            Some(c) => self.with(|lists| {
                let node = at.cast::<Node>();
                (*node).next = lists.0[c];
                lists.0[c] = node;
            }),
            None => {
                libc::munmap(at.cast(), layout.size());
            }
        }
    }
}

inert_fixture_does_not_build!();
