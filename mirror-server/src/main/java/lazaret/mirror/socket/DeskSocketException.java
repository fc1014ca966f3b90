package lazaret.mirror.socket;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import org.jspecify.annotations.Nullable;

/// The failure to make or to trust a unix socket.
public final class DeskSocketException extends LazaretException {
  private static final long serialVersionUID = 1L;

  DeskSocketException(String message, @Nullable Throwable cause) {
    super(ErrorCode.SERVER_UNAVAILABLE, message, cause);
  }
}
