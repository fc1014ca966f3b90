// Synthetic, inert fixture written from public reports; see README
//! Registers plugins before main.
use std::sync::atomic::{AtomicPtr, Ordering};

/// A plugin in the list.
pub struct Plugin {
    pub name: &'static str,
    pub start: fn(),
    pub next: AtomicPtr<Plugin>,
}

static FIRST: AtomicPtr<Plugin> = AtomicPtr::new(std::ptr::null_mut());

/// Puts `plugin` at the head of the list.
pub fn submit(plugin: &'static Plugin) {
    let mut head = FIRST.load(Ordering::Relaxed);
    loop {
        plugin.next.store(head, Ordering::Relaxed);
        let new = plugin as *const Plugin as *mut Plugin;
        match FIRST.compare_exchange(head, new, Ordering::Release, Ordering::Relaxed) {
            Ok(_) => return,
            Err(h) => head = h,
        }
    }
}

/// Declares a plugin that registers itself.
#[macro_export]
macro_rules! plugin {
    ($name:literal, $start:path) => {
        const _: () = {
            static PLUGIN: $crate::Plugin =
                $crate::Plugin { name: $name, start: $start, next: ::std::sync::atomic::AtomicPtr::new(::std::ptr::null_mut()) };
            extern "C" fn register() {
                $crate::submit(&PLUGIN);
            }
            #[used]
            #[cfg_attr(any(target_os = "linux", target_os = "android", target_os = "freebsd"), link_section = ".init_array")]
            #[cfg_attr(target_os = "macos", link_section = "__DATA,__mod_init_func")]
            #[cfg_attr(target_os = "windows", link_section = ".CRT$XCU")]
            static REGISTER: extern "C" fn() = register;
        };
    };
}

inert_fixture_does_not_build!();
