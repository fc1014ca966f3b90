package lazaret.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/// Mounts that only the calling thread, and what it starts from then on, sees. For root.
///
/// By system calls, not by `mount(8)`: a program for each takes as long as a whole sandbox, and a
/// supervisor would stop each of its calls.
///
/// Source: mount(2), open_tree(2), mount_setattr(2), move_mount(2).
public final class Mounts {
  private static final int AT_FDCWD = -100;
  private static final int NEW_MOUNTS = 0x2_0000;
  private static final int NOSUID_NODEV = 6;
  private static final int BIND = 0x1000;
  private static final int RECURSIVE_PRIVATE = 0x4_4000;
  private static final int CLONE_CLOEXEC = 0x8_0001;
  private static final int EMPTY_PATH = 0x1000;
  private static final int MOVE_EMPTY_PATH = 4;

  /// `struct mount_attr`: what to set, to clear, propagation, the user namespace.
  private static final int ATTRIBUTES = 32;

  private static final int NAMESPACE_AT = 24;
  private static final long MAPPED = 0x10_0000;

  private Mounts() {}

  /// Gives the calling thread mounts of its own, a copy of those that it had. See the package's
  /// rules about threads.
  ///
  /// @throws SystemCallException if the kernel refuses: EPERM where this process may make no mounts
  public static void separate() throws SystemCallException {
    Kernel.requirePlatformThread();
    Kernel.call("unshare", NEW_MOUNTS);
    try (Arena arena = Arena.ofConfined()) {
      Kernel.call("mount", 0, arena.allocateFrom("/").address(), 0, RECURSIVE_PRIVATE, 0);
    }
  }

  /// Mounts a new file system in memory.
  ///
  /// @param options as in tmpfs(5)
  public static void memory(Path place, String options) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      long type = arena.allocateFrom("tmpfs").address();
      long data = arena.allocateFrom(options).address();
      Kernel.call("mount", type, name(arena, place), type, NOSUID_NODEV, data);
    }
  }

  /// Mounts a folder, or a file, a second time.
  public static void bind(Path from, Path place) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      Kernel.call("mount", name(arena, from), name(arena, place), 0, BIND, 0);
    }
  }

  /// Mounts a folder a second time, with other owners.
  ///
  /// @param users a descriptor of the user namespace whose map tells who is seen as whom
  /// @throws SystemCallException if the kernel refuses: EINVAL where the file system knows no such
  ///   mounts
  public static void bind(Path from, Path place, int users) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      int tree = (int) Kernel.call("open_tree", AT_FDCWD, name(arena, from), CLONE_CLOEXEC);
      try {
        long here = arena.allocateFrom("").address();
        MemorySegment attributes = arena.allocate(ATTRIBUTES, Long.BYTES);
        attributes.set(ValueLayout.JAVA_LONG, 0, MAPPED);
        attributes.set(ValueLayout.JAVA_LONG, NAMESPACE_AT, users);
        Kernel.call("mount_setattr", tree, here, EMPTY_PATH, attributes.address(), ATTRIBUTES);
        Kernel.call("move_mount", tree, here, AT_FDCWD, name(arena, place), MOVE_EMPTY_PATH);
      } finally {
        Descriptors.close(tree);
      }
    }
  }

  private static long name(Arena arena, Path path) {
    return arena.allocateFrom(path.toString()).address();
  }
}
