package lazaret.mirror.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import lazaret.mirror.budget.TransferWatch.Transfer;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// Writes the body of an answer. A large body is written in slices of its shared array, so that an
/// answer that waits for its reader costs one slice.
final class ResponseWriter {
  /// A body up to this size is copied by the library, together with the head. More than its write
  /// buffer of 4 KB, which would copy a slice after all.
  static final int LARGE = 32 << 10;

  /// The largest frame that every client takes (RFC 9113 §6.5.2): the library copies each frame
  /// when it is written.
  private static final int FRAME = 16 << 10;

  /// The library copies the first slice together with the head; later ones go to the socket as they
  /// are.
  private static final int SLICE = 64 << 10;

  private ResponseWriter() {}

  /// Writes a body whole.
  static void small(Bytes body, ServerResponse response) {
    response.send(body.array());
  }

  /// Writes a body in slices.
  ///
  /// @param http2 whether frames are written
  /// @param transfer counts what the client took; null if it is not watched
  static void large(
      Bytes body, ServerResponse response, boolean http2, @Nullable Transfer transfer) {
    byte[] bytes = body.array();
    response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, bytes.length));
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
    if (response instanceof RoutingResponse streamed) {
      // Over HTTP/2 this ends the stream; what the answer reserved is held until then.
      streamed.commit();
    }
  }
}
