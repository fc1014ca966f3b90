package lazaret.cli.doctor;

import java.net.URI;
import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// A client for single HTTP requests, made as cargo makes them. Requests block.
@FunctionalInterface
public interface GateProbe {
  /// Requests one document.
  ///
  /// @param token the token, sent unchanged as cargo sends it; null for none
  Reply get(URI address, @Nullable Secret token);

  /// The reply to a request.
  ///
  /// @param status the HTTP status, or 0 if no reply arrived
  /// @param body the beginning of the body, or the reason if no reply arrived
  record Reply(int status, String body) {}
}
