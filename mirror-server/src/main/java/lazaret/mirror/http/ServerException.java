package lazaret.mirror.http;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import org.jspecify.annotations.Nullable;

/// The failure to listen or to open the access log.
public final class ServerException extends LazaretException {
  private static final long serialVersionUID = 1L;

  public ServerException(String message, @Nullable Throwable cause) {
    super(ErrorCode.SERVER_UNAVAILABLE, message, cause);
  }
}
