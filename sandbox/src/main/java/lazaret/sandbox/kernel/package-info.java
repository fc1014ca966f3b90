/// The Linux functions that the JDK lacks, called through the foreign function interface.
///
/// They are seccomp user notification, inotify, Landlock. It is the only package with native calls,
/// for the reasons in the decision on denied calls.
///
/// They are seccomp user notification, inotify, Landlock. It is the only package with native calls,
/// for the reasons in the decision on denied calls.
///
/// **Threads.** Seccomp and Landlock restrict the calling thread, the processes that it starts, and
/// all threads that it creates, permanently. Therefore they are called on a dedicated platform
/// thread, which only starts one process and waits for it. Virtual threads, clients and pools that
/// are created at first use must be avoided there. The JDK's pool of process reapers is such a
/// pool. One process must have run before; otherwise the reaper is created with the restrictions
/// and keeps the listener open. The thread that answers notifications must not have the filter,
/// because it would wait for itself.
@NullMarked
package lazaret.sandbox.kernel;

import org.jspecify.annotations.NullMarked;
