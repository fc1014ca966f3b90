package lazaret.mirror.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.InputStream;
import lazaret.mirror.budget.Budget;
import lazaret.mirror.budget.TransferWatch;
import lazaret.mirror.budget.TransferWatch.Transfer;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// The body of one request, as it arrives. For one thread.
public final class IncomingBody {
  private final ServerRequest request;
  private final TransferWatch watch;
  private final TransferWatch.Connection connection;
  private @Nullable InputStream stream;

  public IncomingBody(
      ServerRequest request, TransferWatch watch, TransferWatch.Connection connection) {
    this.request = request;
    this.watch = watch;
    this.connection = connection;
  }

  /// Reads the body into reserved memory.
  ///
  /// @throws RequestException if it is malformed or breaks off
  public RequestBodies.Read read(RequestBodies.Limits limits) {
    if (!request.content().hasEntity()) {
      return new RequestBodies.Read.Whole(Bytes.EMPTY);
    }
    try (Transfer transfer = transfer(limits.memory().budget())) {
      return RequestBodies.read(stream(), request.headers().contentLength(), limits, transfer);
    } catch (RuntimeException e) {
      throw RequestException.builder()
          .type(DirectHandler.EventType.BAD_REQUEST)
          .message("the client's body broke off or is malformed")
          .cause(e)
          .build();
    }
  }

  /// Reads and drops the rest of the body.
  public void drain(Budget budget) {
    if (isLeft()) {
      try (Transfer transfer = transfer(budget)) {
        boolean _ = RequestBodies.drop(stream(), transfer);
      }
    }
  }

  /// Abandons the rest of the body by interrupting the thread. Over HTTP/2 the library would
  /// otherwise wait for it permanently, even after the connection was closed.
  public void abandon() {
    if (isLeft()) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isLeft() {
    return request.content().hasEntity() && !request.content().consumed();
  }

  private Transfer transfer(Budget budget) {
    return watch.begin(TransferWatch.Direction.RECEIVED, budget, connection);
  }

  /// Returns the stream, which is never closed: closing would wait for the rest of the body.
  private InputStream stream() {
    InputStream known = stream;
    if (known == null) {
      known = request.content().inputStream();
      stream = known;
    }
    return known;
  }
}
