/// What the JDK does not offer of Linux, through the foreign function interface: stopping system
/// calls (seccomp user notification), inotify and Landlock. The only package with native calls: the
/// decision on denied calls says why.
///
/// **Threads.** Seccomp and Landlock bind the calling thread, what it starts, and every thread that
/// is born from it; nothing takes them off again. Therefore they are called on a platform thread of
/// its own, which then starts one process and waits for it, and nothing else: no virtual threads,
/// no clients, no pools that are made when first used. The JDK's pool of process reapers is such a
/// pool: one process must have run before, or the reaper is born bound and keeps the listener from
/// hanging up. Whoever answers notifications must not be bound by the filter: it would wait for
/// itself.
@NullMarked
package lazaret.sandbox.kernel;

import org.jspecify.annotations.NullMarked;
