package lazaret.git;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The settings of the Git sources of a gate.
///
/// @param hosts the hosts whose repositories may be fetched, each as `HOST` or `HOST:PORT`
/// @param approveClean whether a source without a signal that asks for a review is approved
/// @param credentials the file with a line `HOST HEADER` for each host that needs a credential;
///   null if there is none
/// @param maxSize the largest repository that is fetched, in bytes on disk
public record GitSourceSettings(
    List<String> hosts, boolean approveClean, @Nullable Path credentials, long maxSize) {
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})(?::[0-9]{1,5})?");

  /// Copies the list.
  public GitSourceSettings {
    hosts = List.copyOf(hosts);
  }

  /// Returns whether a text has the form of a host.
  public static boolean isHost(String text) {
    return HOST.matcher(text).matches();
  }
}
