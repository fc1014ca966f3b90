package lazaret.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// One end of a pair of Unix sockets whose other end is closed. It accepts the calls of a socket,
/// but no byte leaves it. A program that gets one instead of a real socket continues and shows its
/// intended destination. Not thread-safe.
public final class DeadSocket implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_CLOEXEC = 02000000;

  private final int descriptor;

  private DeadSocket(int descriptor) {
    this.descriptor = descriptor;
  }

  /// Creates a dead socket.
  ///
  /// @param nonBlocking `SOCK_NONBLOCK` or 0
  /// @throws SystemCallException if the kernel refuses
  public static DeadSocket make(int nonBlocking) throws SystemCallException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pair = arena.allocate(ValueLayout.JAVA_INT, 2);
      int type = SOCK_STREAM | SOCK_CLOEXEC | nonBlocking;
      SystemCalls.call("socketpair", AF_UNIX, type, 0, pair.address());
      FileDescriptors.close(pair.get(ValueLayout.JAVA_INT, Integer.BYTES));
      return new DeadSocket(pair.get(ValueLayout.JAVA_INT, 0));
    }
  }

  int descriptor() {
    return descriptor;
  }

  @Override
  public void close() {
    FileDescriptors.close(descriptor);
  }
}
