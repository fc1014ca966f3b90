package lazaret.web;

import java.time.Clock;

/// The settings of the desk in the browser.
///
/// @param origin scheme, host and port of the desk, as browsers write it
/// @param version the version of the program
/// @param clock the only source of time
public record WebSettings(String origin, String version, Clock clock) {
  /// Returns the host and port.
  public String host() {
    return origin.substring(origin.indexOf("://") + 3);
  }
}
