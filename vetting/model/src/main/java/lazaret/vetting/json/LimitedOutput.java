package lazaret.vetting.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// A document in memory that does not grow beyond a limit. Not thread-safe.
final class LimitedOutput extends OutputStream {
  private final ByteArrayOutputStream document = new ByteArrayOutputStream(1024);
  private final int maxBytes;

  LimitedOutput(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public void write(int b) throws IOException {
    check(1);
    document.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    check(length);
    document.write(bytes, offset, length);
  }

  private void check(int more) throws ExceededException {
    if (document.size() + (long) more > maxBytes) {
      throw new ExceededException();
    }
  }

  byte[] toByteArray() {
    return document.toByteArray();
  }

  /// The document is longer than its limit.
  static final class ExceededException extends IOException {
    private static final long serialVersionUID = 1L;

    ExceededException() {
      super("the document is longer than its limit");
    }
  }
}
