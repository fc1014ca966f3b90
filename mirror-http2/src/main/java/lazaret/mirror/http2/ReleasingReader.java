package lazaret.mirror.http2;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataListener;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.LazyString;
import java.nio.charset.Charset;
import java.util.function.Supplier;

/// A reader of a connection that releases all bytes that were read.
///
/// A reader of the library links each received array to the next one. As soon as the collector has
/// moved one of them to the old generation, that one holds all later arrays of the connection,
/// although they were read: they become old as well, until a full collection. This reader begins a
/// new list whenever everything was read. Not thread-safe.
// The constructor of the library will be private in a later version, in which the list may be gone.
@SuppressWarnings("removal")
public final class ReleasingReader extends DataReader {
  private final Supplier<byte[]> source;
  private DataReader list;

  /// Creates a reader.
  ///
  /// @param source waits for bytes of the connection, and returns them; null at its end
  public ReleasingReader(Supplier<byte[]> source) {
    super(source);
    this.source = source;
    this.list = DataReader.create(source);
  }

  DataReader list() {
    if (list.available() == 0) {
      list = DataReader.create(source);
    }
    return list;
  }

  @Override
  public int available() {
    return list.available();
  }

  @Override
  public void pullData() {
    list().pullData();
  }

  @Override
  public void skip(int length) {
    list().skip(length);
  }

  @Override
  public void ensureAvailable() {
    list().ensureAvailable();
  }

  @Override
  public byte read() {
    return list().read();
  }

  @Override
  public byte lookup() {
    return list().lookup();
  }

  @Override
  public boolean startsWithNewLine() {
    return list().startsWithNewLine();
  }

  @Override
  public boolean startsWith(byte[] prefix) {
    return list().startsWith(prefix);
  }

  @Override
  public BufferData readBuffer() {
    return list().readBuffer();
  }

  @Override
  public BufferData readBuffer(int length) {
    return list().readBuffer(length);
  }

  @Override
  public BufferData getBuffer(int length) {
    return list().getBuffer(length);
  }

  @Override
  public LazyString readLazyString(Charset charset, int length) {
    return list().readLazyString(charset, length);
  }

  @Override
  public String readAsciiString(int length) {
    return list().readAsciiString(length);
  }

  @Override
  public byte[] readBytes(int length) {
    return list().readBytes(length);
  }

  @Override
  public String readLine() {
    return list().readLine();
  }

  @Override
  public int findOrNewLine(byte value, int max) {
    return list().findOrNewLine(value, max);
  }

  @Override
  public int findNewLine(int max) {
    return list().findNewLine(max);
  }

  @Override
  public String debugDataHex() {
    return list.debugDataHex();
  }

  /// Does nothing: a reader of the library keeps the listener and never calls it.
  @Override
  public <T> void listener(DataListener<T> listener, T context) {
    // no calls
  }
}
