package lazaret.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/// Mounts that are visible only to the calling thread and the processes that it starts later. They
/// require root.
///
/// They are made by system calls instead of `mount(8)`. A program for each mount would take as long
/// as the whole start of a sandbox, and a supervisor would suspend each of its calls.
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

  /// The size of `struct mount_attr` in bytes: flags to set and to clear, propagation, user
  /// namespace.
  private static final int ATTRIBUTES = 32;

  private static final int NAMESPACE_AT = 24;
  private static final long MAPPED = 0x10_0000;

  private Mounts() {}

  /// Moves the calling thread to a new mount namespace with a copy of the current mounts. See the
  /// rules about threads in the package documentation.
  ///
  /// @throws SystemCallException if the kernel refuses, with EPERM if this process may not mount
  public static void separate() throws SystemCallException {
    SystemCalls.requirePlatformThread();
    SystemCalls.call("unshare", NEW_MOUNTS);
    try (Arena arena = Arena.ofConfined()) {
      SystemCalls.call("mount", 0, arena.allocateFrom("/").address(), 0, RECURSIVE_PRIVATE, 0);
    }
  }

  /// Mounts a new tmpfs.
  ///
  /// @param place the mount point
  /// @param options the options of tmpfs(5)
  /// @throws SystemCallException if the kernel refuses
  public static void memory(Path place, String options) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      long type = arena.allocateFrom("tmpfs").address();
      long data = arena.allocateFrom(options).address();
      SystemCalls.call("mount", type, name(arena, place), type, NOSUID_NODEV, data);
    }
  }

  /// Binds a folder or file to another path.
  ///
  /// @param from the existing path
  /// @param place the mount point
  /// @throws SystemCallException if the kernel refuses
  public static void bind(Path from, Path place) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      SystemCalls.call("mount", name(arena, from), name(arena, place), 0, BIND, 0);
    }
  }

  /// Binds a folder to another path with mapped owners.
  ///
  /// @param from the existing path
  /// @param place the mount point
  /// @param users a descriptor of the user namespace that defines the mapping
  /// @throws SystemCallException if the kernel refuses, with EINVAL if the file system does not
  ///   support ID-mapped mounts
  public static void bind(Path from, Path place, int users) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      int tree = (int) SystemCalls.call("open_tree", AT_FDCWD, name(arena, from), CLONE_CLOEXEC);
      try {
        long here = arena.allocateFrom("").address();
        MemorySegment attributes = arena.allocate(ATTRIBUTES, Long.BYTES);
        attributes.set(ValueLayout.JAVA_LONG, 0, MAPPED);
        attributes.set(ValueLayout.JAVA_LONG, NAMESPACE_AT, users);
        SystemCalls.call("mount_setattr", tree, here, EMPTY_PATH, attributes.address(), ATTRIBUTES);
        SystemCalls.call("move_mount", tree, here, AT_FDCWD, name(arena, place), MOVE_EMPTY_PATH);
      } finally {
        FileDescriptors.close(tree);
      }
    }
  }

  private static long name(Arena arena, Path path) {
    return arena.allocateFrom(path.toString()).address();
  }
}
