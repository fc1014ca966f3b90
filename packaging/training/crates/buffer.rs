//! A buffer with a fixed capacity, and views of foreign memory.

use std::alloc::{self, Layout};
use std::cell::UnsafeCell;
use std::ffi::{c_char, c_int, c_void, CStr};
use std::marker::PhantomData;
use std::mem::{self, ManuallyDrop, MaybeUninit};
use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicUsize, Ordering};

extern "C" {
    fn strlen(text: *const c_char) -> usize;
    fn qsort(base: *mut c_void, count: usize, size: usize, compare: extern "C" fn(*const c_void, *const c_void) -> c_int);
}

/// A vector that never grows.
pub struct BufferPART<T> {
    start: NonNull<T>,
    capacity: usize,
    length: usize,
    owns: PhantomData<T>,
}

// SAFETY: the buffer owns its items.
unsafe impl<T: Send> Send for BufferPART<T> {}
unsafe impl<T: Sync> Sync for BufferPART<T> {}

impl<T> BufferPART<T> {
    pub fn with_capacity(capacity: usize) -> Self {
        assert!(mem::size_of::<T>() != 0 && capacity > 0, "expected items with a size");
        let layout = Layout::array::<T>(capacity).expect("a size below isize::MAX");
        // SAFETY: the layout has a size.
        let start = unsafe { alloc::alloc(layout) }.cast::<T>();
        let start = NonNull::new(start).unwrap_or_else(|| alloc::handle_alloc_error(layout));
        Self { start, capacity, length: 0, owns: PhantomData }
    }

    pub fn push(&mut self, item: T) -> Result<(), T> {
        if self.length == self.capacity {
            return Err(item);
        }
        // SAFETY: the place is inside of the allocation, and not initialized.
        unsafe { self.start.as_ptr().add(self.length).write(item) };
        self.length += 1;
        Ok(())
    }

    pub fn as_slice(&self) -> &[T] {
        // SAFETY: the first items are initialized.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr(), self.length) }
    }

    pub fn into_parts(self) -> (*mut T, usize, usize) {
        let this = ManuallyDrop::new(self);
        (this.start.as_ptr(), this.length, this.capacity)
    }
}

impl<T> Drop for BufferPART<T> {
    fn drop(&mut self) {
        unsafe {
            ptr::drop_in_place(ptr::slice_from_raw_parts_mut(self.start.as_ptr(), self.length));
            alloc::dealloc(self.start.as_ptr().cast(), Layout::array::<T>(self.capacity).unwrap_unchecked());
        }
    }
}

/// A cell that is written once.
pub struct OncePART<T> {
    state: AtomicUsize,
    value: UnsafeCell<MaybeUninit<T>>,
}

impl<T> OncePART<T> {
    pub const fn empty() -> Self {
        OncePART { state: AtomicUsize::new(0), value: UnsafeCell::new(MaybeUninit::uninit()) }
    }

    pub fn set(&self, value: T) -> Result<&T, T> {
        match self.state.compare_exchange(0, 1, Ordering::Acquire, Ordering::Relaxed) {
            Ok(_) => {
                let written = unsafe { (*self.value.get()).write(value) };
                self.state.store(2, Ordering::Release);
                Ok(written)
            }
            Err(_) => Err(value),
        }
    }

    pub fn get(&self) -> Option<&T> {
        (self.state.load(Ordering::Acquire) == 2).then(|| unsafe { (*self.value.get()).assume_init_ref() })
    }
}

#[repr(C, align(16))]
#[derive(Clone, Copy)]
pub union WordPART {
    pub whole: u128,
    pub halves: [u64; 2],
    pub bytes: [u8; 16],
}

/// Returns the length of a text of C.
///
/// # Safety
///
/// The pointer leads to a text with a zero at its end.
pub unsafe fn length_PART(text: *const c_char) -> usize {
    let length = strlen(text);
    debug_assert_eq!(length, CStr::from_ptr(text).to_bytes().len());
    length
}

extern "C" fn compare_PART(left: *const c_void, right: *const c_void) -> c_int {
    // SAFETY: qsort passes items of the array below.
    let (left, right) = unsafe { (*left.cast::<i32>(), *right.cast::<i32>()) };
    left.cmp(&right) as c_int
}

pub fn sort_PART(items: &mut [i32]) {
    unsafe { qsort(items.as_mut_ptr().cast(), items.len(), mem::size_of::<i32>(), compare_PART) }
}

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
pub fn sum_PART(values: &[f32]) -> f32 {
    use std::arch::x86_64::{_mm_add_ps, _mm_loadu_ps, _mm_setzero_ps, _mm_storeu_ps};

    let chunks = values.chunks_exact(4);
    let rest: f32 = chunks.remainder().iter().sum();
    let mut lanes = [0.0f32; 4];
    unsafe {
        let total = chunks.fold(_mm_setzero_ps(), |sum, four| _mm_add_ps(sum, _mm_loadu_ps(four.as_ptr())));
        _mm_storeu_ps(lanes.as_mut_ptr(), total);
    }
    lanes.iter().sum::<f32>() + rest
}

#[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
pub fn sum_PART(values: &[f32]) -> f32 {
    values.iter().sum()
}

#[cfg(target_os = "linux")]
mod pages {
    use super::*;

    #[link(name = "c")]
    extern "C" {
        fn getpagesize() -> c_int;
    }

    pub(super) fn size() -> usize {
        (unsafe { getpagesize() }) as usize
    }
}

#[cfg(windows)]
mod pages {
    pub(super) fn size() -> usize {
        4096
    }
}
