package lazaret.mirror.outbound;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import lazaret.vetting.Bytes;
import lazaret.vetting.index.Validators;
import org.jspecify.annotations.Nullable;

/// The download of a file that is larger than a response may be in heap. It is requested in parts,
/// each with the retries and limits of a [FileClient], so that a transfer that breaks continues
/// with its part. The caller compares the SHA-256 of the whole: parts of two versions of a file are
/// found by it, if the tag of the host did not show them.
public final class FileExchange {
  /// The usual length of a part, in bytes.
  static final int PART = 8 << 20;

  private final FileClient client;
  private final int part;

  /// Creates an exchange.
  ///
  /// @param client the client of the host
  public FileExchange(FileClient client) {
    this(client, PART);
  }

  FileExchange(FileClient client, int part) {
    this.client = client;
    this.part = part;
  }

  /// A receiver of bytes.
  @FunctionalInterface
  public interface Sink {
    /// Receives the next bytes.
    ///
    /// @throws IOException if they cannot be stored
    void write(byte[] bytes, int offset, int length) throws IOException;
  }

  /// The result of a download.
  public sealed interface Result {
    /// The file was received.
    ///
    /// @param length its length in bytes
    record Received(long length) implements Result {}

    /// The download failed. The sink may have received the beginning of the file.
    ///
    /// @param why in one clause, without credentials
    /// @param retryAfter the pause that the host asked for; null if it asked for none
    record Failed(String why, @Nullable Duration retryAfter) implements Result {}
  }

  /// Downloads a file.
  ///
  /// @param address an address of the host of the client
  /// @param maxBytes the maximum length, at least 1
  /// @param sink receives the bytes in their order
  /// @throws IOException as the sink throws it
  public Result receive(URI address, long maxBytes, Sink sink) throws IOException {
    int length = (int) Math.min(part, maxBytes);
    long at = 0;
    FileClient.Fetched.@Nullable Received first = null;
    while (first == null || at < first.total()) {
      switch (client.part(address, at, length, Validators.NONE)) {
        case FileClient.Fetched.NotModified _ -> {
          return new Result.Failed("its source returned 304", null);
        }
        case FileClient.Fetched.Failed(String why, Duration retryAfter, _) -> {
          return new Result.Failed(why, retryAfter);
        }
        case FileClient.Fetched.Received received -> {
          String mistake = mistake(first == null ? received : first, received, maxBytes);
          if (!mistake.isEmpty()) {
            return new Result.Failed(mistake, null);
          }
          first = first == null ? received : first;
          Bytes body = received.body();
          sink.write(body.array(), 0, body.length());
          at += body.length();
        }
      }
    }
    return new Result.Received(at);
  }

  private static String mistake(
      FileClient.Fetched.Received first, FileClient.Fetched.Received next, long maxBytes) {
    if (next.total() > maxBytes) {
      return "it has %d bytes, at most %d are accepted".formatted(next.total(), maxBytes);
    }
    boolean same =
        next.total() == first.total()
            && Objects.equals(next.validators().etag(), first.validators().etag());
    return same ? "" : "its source changed the file during the download";
  }
}
