package lazaret.sandbox.gate;

/// Looks through what one client sends, for values that have no business there. Used by one thread.
@FunctionalInterface
public interface RequestSearch {
  /// Takes the next bytes.
  void accept(byte[] bytes, int offset, int length);
}
