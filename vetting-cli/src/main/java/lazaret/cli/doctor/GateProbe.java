package lazaret.cli.doctor;

import java.net.URI;
import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// Asks for one document over HTTP, as cargo would. Blocks.
@FunctionalInterface
public interface GateProbe {
  /// Asks.
  ///
  /// @param token sent as cargo sends it, as it is; null for none
  Reply get(URI address, @Nullable Secret token);

  /// What came back.
  ///
  /// @param status the HTTP status; 0 where nothing answered
  /// @param body the beginning of the body, or why nothing answered
  record Reply(int status, String body) {}
}
