package lazaret.mirror.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import lazaret.mirror.budget.TransferWatch.Transfer;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// A writer of response bodies. A large body is written in slices of its shared array, so that a
/// response that waits for its reader uses the memory of one slice.
public final class ResponseWriter {
  /// The maximum size of a body that the library copies together with the head. It is larger than
  /// the library's write buffer of 4 KB, which would copy a slice after all.
  public static final int LARGE = 32 << 10;

  /// The largest frame that every client accepts (RFC 9113 §6.5.2). The library copies each frame
  /// when it is written.
  static final int FRAME = 16 << 10;

  /// The size of a slice over HTTP/1.1: the most that the JDK passes to the kernel in one call.
  static final int SLICE = 128 << 10;

  /// The size of a piece of a file over HTTP/1.1.
  static final int PIECE = 64 << 10;

  private ResponseWriter() {}

  /// Writes a body whole.
  public static void small(Bytes body, ServerResponse response) {
    response.send(body.array());
  }

  /// Writes a body in slices.
  ///
  /// @param http2 whether frames are written
  /// @param transfer counts the bytes that the client took; null if it is not watched
  public static void large(
      Bytes body, ServerResponse response, boolean http2, @Nullable Transfer transfer) {
    byte[] bytes = body.array();
    length(bytes.length, response);
    try (OutputStream out = response.outputStream()) {
      int at = 0;
      while (at < bytes.length) {
        int slice = Math.min(http2 || at == 0 ? FRAME : SLICE, bytes.length - at);
        out.write(bytes, at, slice);
        at += slice;
        if (transfer != null) {
          transfer.moved(slice);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the client went away", e);
    }
    end(response);
  }

  /// Writes a part of a file in pieces, through one buffer.
  ///
  /// @param http2 whether frames are written
  /// @param transfer counts the bytes that the client took; null if it is not watched
  public static void file(
      FileBody body, ServerResponse response, boolean http2, @Nullable Transfer transfer) {
    try (InputStream in = body.file().open(body.from())) {
      length(body.length(), response);
      try (OutputStream out = response.outputStream()) {
        byte[] piece = new byte[http2 ? FRAME : PIECE];
        long left = body.length();
        while (left > 0) {
          int read = in.readNBytes(piece, 0, (int) Math.min(piece.length, left));
          if (read == 0) {
            throw new EOFException("a file of a site is shorter than its length");
          }
          out.write(piece, 0, read);
          left -= read;
          if (transfer != null) {
            transfer.moved(read);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the client went away, or the file cannot be read", e);
    }
    end(response);
  }

  /// Sets the length of a body.
  public static void length(long bytes, ServerResponse response) {
    response.header(
        HeaderValues.create(HeaderNames.CONTENT_LENGTH, true, false, Long.toString(bytes)));
  }

  private static void end(ServerResponse response) {
    if (response instanceof RoutingResponse streamed) {
      // Over HTTP/2 this ends the stream; the reservation of the response lasts until then.
      streamed.commit();
    }
  }
}
