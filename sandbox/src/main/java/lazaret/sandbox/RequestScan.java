package lazaret.sandbox;

/// A search for forbidden values in the bytes that one client sends. One thread uses it.
@FunctionalInterface
public interface RequestScan {
  /// Searches the next bytes.
  void accept(byte[] bytes, int offset, int length);
}
