package lazaret.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import lazaret.sandbox.filter.Errno;

/// An additional restriction of a thread and the processes that it starts. They can neither connect
/// to abstract Unix sockets nor send signals outside, and optionally cannot use TCP. Files are not
/// restricted, because rules on files would prevent the mounts of bubblewrap.
///
/// Source: Linux userspace-api/landlock.rst; linux/landlock.h.
public final class Landlock {
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int CREATE_RULESET_VERSION = 1;
  private static final int VERSION_WITH_TCP = 4;
  static final int VERSION_WITH_SCOPES = 6;
  private static final int BIND_AND_CONNECT_TCP = 3;
  private static final int ABSTRACT_SOCKETS_AND_SIGNALS = 3;

  /// The size of `struct landlock_ruleset_attr` in bytes: files, TCP, scopes.
  private static final int RULESET = 24;

  private Landlock() {}

  /// Restricts the calling thread and the processes that it starts later. See the rules about
  /// threads in the package documentation.
  ///
  /// @param tcp whether TCP stays permitted, for `--loopback`
  /// @return the protections that this kernel lacks, as text; empty if it has all
  /// @throws SystemCallException if the kernel supports Landlock and refuses
  public static Optional<String> restrict(boolean tcp) throws SystemCallException {
    SystemCalls.requirePlatformThread();
    long version = version();
    if (version < VERSION_WITH_TCP) {
      return Optional.of(
          "this kernel has no Landlock for networks (version %d, expected 6): only namespaces and seccomp restrict them"
              .formatted(version));
    }
    boolean scopes = version >= VERSION_WITH_SCOPES;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ruleset = arena.allocate(RULESET, Long.BYTES);
      ruleset.set(ValueLayout.JAVA_LONG, 8, tcp ? 0L : BIND_AND_CONNECT_TCP);
      ruleset.set(ValueLayout.JAVA_LONG, 16, scopes ? ABSTRACT_SOCKETS_AND_SIGNALS : 0L);
      if (tcp && !scopes) {
        return Optional.of(noScopes(version));
      }
      long size = scopes ? RULESET : 16;
      int descriptor =
          (int) SystemCalls.call("landlock_create_ruleset", ruleset.address(), size, 0);
      try {
        SystemCalls.call("prctl", PR_SET_NO_NEW_PRIVS, 1);
        SystemCalls.call("landlock_restrict_self", descriptor, 0);
      } finally {
        FileDescriptors.close(descriptor);
      }
    }
    return scopes ? Optional.empty() : Optional.of(noScopes(version));
  }

  private static String noScopes(long version) {
    return "this kernel's Landlock has no scopes (version %d, expected 6): only namespaces restrict them"
        .formatted(version);
  }

  /// Returns the version of Landlock in this kernel, or 0 if it has none.
  static long version() throws SystemCallException {
    try {
      return SystemCalls.call("landlock_create_ruleset", 0, 0, CREATE_RULESET_VERSION);
    } catch (SystemCallException e) {
      // Landlock is not built in, or disabled at boot.
      if (e.is(Errno.ENOSYS) || e.is(Errno.ENOTSUP)) {
        return 0;
      }
      throw e;
    }
  }
}
