package lazaret.sandbox.kernel;

/// What all descriptors have in common.
final class Descriptors {
  private Descriptors() {}

  /// Gives a descriptor of ours back, which cannot fail in a way that anybody could mend.
  static void close(int descriptor) {
    try {
      Kernel.call("close", descriptor);
    } catch (SystemCallException e) {
      throw new IllegalStateException(e);
    }
  }
}
