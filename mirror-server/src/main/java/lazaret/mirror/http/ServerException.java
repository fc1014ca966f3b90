package lazaret.mirror.http;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import org.jspecify.annotations.Nullable;

/// The server cannot listen, or cannot keep its log.
public final class ServerException extends LazaretException {
  private static final long serialVersionUID = 1L;

  ServerException(String message, @Nullable Throwable cause) {
    super(ErrorCode.SERVER_UNAVAILABLE, message, cause);
  }
}
