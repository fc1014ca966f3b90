package lazaret.bundle.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// An input stream that a separate thread reads and hashes ahead of its consumer. The consumer can
/// compute digests of parts of the stream meanwhile. The digest covers exactly the bytes that the
/// consumer received. It uses 1 MiB of memory. One thread may consume it; the caller closes it.
public final class HashingInputStream extends InputStream {
  private static final int CHUNK = 256 << 10;
  private static final int AHEAD = 3;

  private final InputStream in;
  private final BlockingQueue<Chunk> filled = new ArrayBlockingQueue<>(AHEAD + 2);
  private final BlockingQueue<Buffer> empty = new ArrayBlockingQueue<>(AHEAD);
  private final Sha256.Hasher hasher = new Sha256.Hasher();
  private final Thread reader;
  private Buffer current = new Buffer(0);
  private @Nullable Exception failure;
  private boolean ended;
  private long length;

  /// A buffer with a part of the stream. One of the two threads owns it at a time.
  private static final class Buffer {
    private final byte[] bytes;
    private int position;
    private int limit;

    Buffer(int length) {
      bytes = new byte[length];
    }
  }

  /// A message from the reading thread.
  private sealed interface Chunk {
    record Read(Buffer data) implements Chunk {}

    record End() implements Chunk {}

    record Failed(Exception why) implements Chunk {}
  }

  /// Creates a stream and starts its reading thread.
  ///
  /// @param in the stream to read to its end; closed with this stream
  public HashingInputStream(InputStream in) {
    this.in = in;
    for (int i = 0; i < AHEAD; i++) {
      empty.add(new Buffer(CHUNK));
    }
    reader = Thread.ofPlatform().daemon().name("lazaret-bundle-reader").start(this::readAhead);
  }

  private void readAhead() {
    try {
      while (true) {
        Buffer data = empty.take();
        data.position = 0;
        data.limit = in.readNBytes(data.bytes, 0, CHUNK);
        if (data.limit == 0) {
          filled.put(new Chunk.End());
          return;
        }
        hasher.update(data.bytes, 0, data.limit);
        filled.put(new Chunk.Read(data));
      }
    } catch (InterruptedException _) {
      // The stream was closed, so the queue is not read any more.
    } catch (IOException | RuntimeException e) {
      // This cannot fail: the capacity of the queue exceeds the number of buffers.
      filled.add(new Chunk.Failed(e));
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] data, int offset, int wanted) throws IOException {
    if (wanted == 0) {
      return 0;
    }
    if (current.position == current.limit && !advance()) {
      return -1;
    }
    int read = Math.min(wanted, current.limit - current.position);
    System.arraycopy(current.bytes, current.position, data, offset, read);
    current.position += read;
    length += read;
    return read;
  }

  private boolean advance() throws IOException {
    rethrow();
    if (ended) {
      return false;
    }
    if (current.limit > 0) {
      empty.add(current);
      current = new Buffer(0);
    }
    Chunk next;
    try {
      next = filled.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("reading was canceled", e);
    }
    switch (next) {
      case Chunk.Read(Buffer data) -> current = data;
      case Chunk.End() -> ended = true;
      case Chunk.Failed(Exception e) -> failure = e;
    }
    rethrow();
    return !ended;
  }

  /// Throws the failure of the reading thread, if there was one. Every later read throws it again.
  private void rethrow() throws IOException {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  /// Returns the number of bytes that were read from this stream.
  public long length() {
    return length;
  }

  /// Returns the SHA-256 of the whole stream.
  ///
  /// @throws IllegalStateException if the stream was not read to its end
  public Sha256 digest() {
    if (!ended) {
      throw new IllegalStateException("asked for the digest of a stream that is not read");
    }
    // The end message was queued after the last update of the hasher.
    return hasher.finish();
  }

  @Override
  public void close() throws IOException {
    reader.interrupt();
    in.close();
  }
}
