package lazaret.sandbox.kernel;

/// The common operations on file descriptors.
final class FileDescriptors {
  private FileDescriptors() {}

  /// Closes a file descriptor of this program. A failure is a programming error.
  static void close(int descriptor) {
    try {
      SystemCalls.call("close", descriptor);
    } catch (SystemCallException e) {
      throw new IllegalStateException(e);
    }
  }
}
